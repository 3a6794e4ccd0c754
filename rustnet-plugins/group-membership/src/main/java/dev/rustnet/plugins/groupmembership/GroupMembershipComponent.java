package dev.rustnet.plugins.groupmembership;

import com.typesafe.config.Config;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Store;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Provides group membership by agreed views. */
public final class GroupMembershipComponent implements NetComponent {
    private static final Assumption MAJORITY_OF_EACH_VIEW = Assumption.of(
                    "a majority of each view",
                    "fewer than half of a view crash, or are cut off, before the next one is installed, which begins to count"
                            + " anew; with more no view follows")
            .survives(Assumption.MAJORITY_OF_CORRECT_PROCESSES::crashes);
    private static final String AGREE = "agree";
    private static final String ALL = "all";
    private static final String REMEMBER = "remember";
    private static final String VIEWS = "views";
    private static final String JOIN_TIMEOUT = "join-timeout";
    private static final String EXCLUSION_TIMEOUT = "exclusion-timeout";
    private static final String ON_EXCLUSION = "on-exclusion";
    private static final String REJOIN = "rejoin";
    private static final String STATE_TIMEOUT = "state-timeout";
    private static final int TIMEOUTS_PER_EXCLUSION = 10;
    private static final int LOOKS_PER_TIMEOUT = 8;
    private static final Duration WHILE_BUSY = Duration.ofMillis(5);

    @Override
    public Settings settings() {
        return Settings.none()
                .choice(AGREE, "majority", ALL)
                .onOff(REMEMBER)
                .duration(JOIN_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24))
                .duration(EXCLUSION_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24))
                .choice(ON_EXCLUSION, REJOIN, "stop")
                .duration(STATE_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24));
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        ComponentDescriptor.Builder descriptor = ComponentDescriptor.named("group-membership")
                .provides(GroupMembership.class)
                .requires(FailureDetector.class)
                .agreed(AGREE)
                .agreed(REMEMBER)
                .guarantees("one sequence of views", "virtual synchrony")
                .assumes(Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION);
        if (own.getString(AGREE).equals(ALL)) {
            return descriptor
                    .requires(PerfectFailureDetector.class)
                    .assumes(Assumption.PERFECT_FAILURE_DETECTION)
                    .breaks(Assumption.MAJORITY_AGREES_ON_VIEWS, AGREE + " = " + ALL)
                    .build();
        }
        return descriptor
                .requiresOptional(PerfectFailureDetector.class)
                .assumes(MAJORITY_OF_EACH_VIEW)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        context.provide(
                GroupMembership.class,
                wire(
                        context,
                        agreedByAll(context) ? new AgreedByAll() : ViewAgreement.Quorums.MAJORITIES,
                        UnaryOperator.identity()));
    }

    private static boolean agreedByAll(ComponentContext context) {
        return context.config().getString(AGREE).equals(ALL);
    }

    private static Duration exclusionTimeout(ComponentContext context, FailureDetector detector) {
        if (agreedByAll(context)) {
            return Departures.NEVER;
        }
        return context.config().hasPath(EXCLUSION_TIMEOUT)
                ? context.config().getDuration(EXCLUSION_TIMEOUT)
                : detector.timeout().multipliedBy(TIMEOUTS_PER_EXCLUSION);
    }

    /** @param handover what takes the place of the transfer of state, given it */
    static ViewSynchronousMembership wire(
            ComponentContext context, ViewAgreement.Quorums quorums, UnaryOperator<ViewAgreement.Handover> handover) {
        return wire(context, quorums, handover, context.config().getBoolean(REMEMBER) ? context.store(VIEWS) : null);
    }

    static ViewSynchronousMembership wire(
            ComponentContext context,
            ViewAgreement.Quorums quorums,
            UnaryOperator<ViewAgreement.Handover> handover,
            @Nullable Store store) {
        FailureDetector detector = context.require(FailureDetector.class);
        EndOfIncarnation end = context.config().getString(ON_EXCLUSION).equals(REJOIN)
                ? EndOfIncarnation.rejoin(context)
                : EndOfIncarnation.stop(context);
        Turns turns = new Turns(context);
        ViewSynchronousMembership membership = new ViewSynchronousMembership(
                context.group(),
                context.self(),
                context.transport(),
                detector,
                context.clock(),
                context.topics(),
                exclusionTimeout(context, detector),
                quorums,
                store == null ? null : new Memory(store, context.group(), context.self(), context::fail),
                turns::soon,
                end);
        turns.membership = membership;
        membership.header().attach(context.annotate(membership.header()));
        membership.handOver(
                context.links(),
                context.clock(),
                context.timers(),
                context.log(),
                context.config().getDuration(STATE_TIMEOUT),
                context::fail,
                handover);
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
                    "no view yet after {0} s (group-membership.join-timeout), and {1}. {2}.{3}",
                    joinTimeout.toMillis() / 1000.0,
                    missing.isEmpty() ? "all others are reached" : missing + " not reached",
                    whoForms(context),
                    missing.isEmpty() ? "" : " Is that process running, and is its address in the peer list right?");
        }
        membership.joinTimeoutIsOver();
    }

    private static String whoForms(ComponentContext context) {
        boolean remembers = context.config().getBoolean(REMEMBER);
        if (agreedByAll(context)) {
            return remembers
                    ? "With agree = all it waits for all of the peer list, or of the last view that is remembered"
                    : "With agree = all the first view waits for all but those that came and crashed";
        }
        return remembers
                ? "From now on a majority of the peer list, or of the last view that is remembered, forms the next one,"
                        + " unless one is reached that is still in a view"
                : "From now on a majority of the peer list forms the first view";
    }

    private static void sayWhoIsAwaited(ComponentContext context, ViewSynchronousMembership membership) {
        List<String> awaited = membership.awaited();
        if (!awaited.isEmpty()) {
            context.log().log(
                    System.Logger.Level.WARNING,
                    "the change after view {0} waits for {1}: until it is back, or is excluded, nothing is broadcast",
                    membership.view().number(),
                    String.join(", ", awaited));
        }
        membership
                .awaitsStateOf()
                .forEach((joiner, bytes) -> context.log().log(
                        System.Logger.Level.INFO,
                        "the change after view {0} waits until {1} has the state, of which {2} bytes are sent; until then"
                                + " nothing is broadcast",
                        membership.view().number(),
                        joiner,
                        bytes));
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
