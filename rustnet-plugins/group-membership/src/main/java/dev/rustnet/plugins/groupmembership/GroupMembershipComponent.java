package dev.rustnet.plugins.groupmembership;

import com.typesafe.config.Config;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.time.Duration;
import java.util.List;

/** Provides group membership by agreed views. */
public final class GroupMembershipComponent implements NetComponent {
    private static final Assumption MAJORITY_OF_EACH_VIEW = Assumption.of(
                    "a majority of each view",
                    "fewer than half of a view crash, or are cut off, before the next one is installed, which begins to count"
                            + " anew; with more no view follows")
            .survives(Assumption.MAJORITY_OF_CORRECT_PROCESSES::crashes);
    private static final String JOIN_TIMEOUT = "join-timeout";
    private static final String EXCLUSION_TIMEOUT = "exclusion-timeout";
    private static final int TIMEOUTS_PER_EXCLUSION = 10;
    private static final int LOOKS_PER_TIMEOUT = 8;
    private static final Duration PASS_ON_AFTER = Duration.ofMillis(20);
    private static final Duration WHILE_BUSY = Duration.ofMillis(5);

    @Override
    public Settings settings() {
        return Settings.none()
                .duration(JOIN_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24))
                .duration(EXCLUSION_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24));
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("group-membership")
                .provides(GroupMembership.class)
                .requires(FailureDetector.class)
                .requiresOptional(PerfectFailureDetector.class)
                .guarantees("one sequence of views", "virtual synchrony")
                .assumes(Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION, MAJORITY_OF_EACH_VIEW)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        context.provide(GroupMembership.class, wire(context, ViewAgreement.Quorums.MAJORITIES));
    }

    static ViewSynchronousMembership wire(ComponentContext context, ViewAgreement.Quorums quorums) {
        FailureDetector detector = context.require(FailureDetector.class);
        Duration exclusionTimeout = context.config().hasPath(EXCLUSION_TIMEOUT)
                ? context.config().getDuration(EXCLUSION_TIMEOUT)
                : detector.timeout().multipliedBy(TIMEOUTS_PER_EXCLUSION);
        Turns turns = new Turns(context);
        ViewSynchronousMembership membership = new ViewSynchronousMembership(
                context.group(),
                context.self(),
                context.transport(),
                detector,
                context.clock(),
                context.topics(),
                exclusionTimeout,
                quorums,
                turns::soon,
                context::fail);
        turns.membership = membership;
        membership.header().attach(context.annotate(membership.header()));
        membership.header().passOnLater(passOn -> context.timers().after(PASS_ON_AFTER, passOn));
        context.find(PerfectFailureDetector.class).ifPresent(perfect -> perfect.listen(membership::crash));
        Duration joinTimeout = context.config().getDuration(JOIN_TIMEOUT);
        context.timers().after(joinTimeout, () -> joinTimeoutIsOver(context, membership, joinTimeout));
        Duration look = detector.timeout().dividedBy(LOOKS_PER_TIMEOUT);
        context.timers().every(look, membership::advance);
        context.timers().every(detector.timeout(), () -> sayWhoIsAwaited(context, membership));
        turns.soon();
        return membership;
    }

    private static void joinTimeoutIsOver(
            ComponentContext context, ViewSynchronousMembership membership, Duration joinTimeout) {
        if (membership.view().number() == 0) {
            String missing = String.join(", ", membership.missing());
            context.log().log(
                    System.Logger.Level.WARNING,
                    "no view yet after {0} s (group-membership.join-timeout), and {1}. From now on a majority of the peer"
                            + " list forms the first view.{2}",
                    joinTimeout.toMillis() / 1000.0,
                    missing.isEmpty() ? "all others are reached" : missing + " not reached",
                    missing.isEmpty() ? "" : " Is that process running, and is its address in the peer list right?");
        }
        membership.joinTimeoutIsOver();
    }

    private static void sayWhoIsAwaited(ComponentContext context, ViewSynchronousMembership membership) {
        List<String> awaited = membership.awaited();
        if (!awaited.isEmpty()) {
            context.log().log(
                    System.Logger.Level.WARNING,
                    "the change after view {0} waits for {1}: until it is back, or has been suspected for long enough"
                            + " to be excluded, nothing is broadcast",
                    membership.view().number(),
                    String.join(", ", awaited));
        }
    }

    /** Advances the membership in turns of its own, again within milliseconds while a view is being brought to its end. */
    private static final class Turns {
        private final ComponentContext context;

        @SuppressWarnings("NullAway.Init") // made with these turns
        private ViewSynchronousMembership membership;

        private boolean due;

        Turns(ComponentContext context) {
            this.context = context;
        }

        void soon() {
            in(Duration.ZERO);
        }

        private void in(Duration delay) {
            if (!due) {
                due = true;
                context.timers().after(delay, this::advance);
            }
        }

        private void advance() {
            due = false;
            membership.advance();
            if (membership.busy()) {
                in(WHILE_BUSY);
            }
        }
    }
}
