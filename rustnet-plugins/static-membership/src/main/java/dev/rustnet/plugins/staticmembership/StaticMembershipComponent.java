package dev.rustnet.plugins.staticmembership;

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

/** Provides group membership that never changes. */
public final class StaticMembershipComponent implements NetComponent {
    private static final Assumption NOBODY_RESTARTS =
            Assumption.of("nobody restarts", "a process that crashed and starts again is refused; it takes part once");
    private static final String JOIN_TIMEOUT = "join-timeout";

    @Override
    public Settings settings() {
        return Settings.none().duration(JOIN_TIMEOUT, Duration.ofMillis(100), Duration.ofHours(24));
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("static-membership")
                .provides(GroupMembership.class)
                .requires(FailureDetector.class)
                .requiresOptional(PerfectFailureDetector.class)
                .guarantees("one view of all configured members, for ever")
                .assumes(NOBODY_RESTARTS, Assumption.PERFECT_FAILURE_DETECTION.orElse(Assumption.NOBODY_GONE_FOR_GOOD))
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        StaticMembership membership = new StaticMembership(
                context.group(),
                context.self(),
                context.transport(),
                context.require(FailureDetector.class),
                context.clock(),
                context.topics());
        context.transport().listen(membership.connections());
        context.find(PerfectFailureDetector.class).ifPresent(detector -> detector.listen(membership::crash));
        Duration joinTimeout = context.config().getDuration(JOIN_TIMEOUT);
        context.timers().after(joinTimeout, () -> {
            if (!membership.missing().isEmpty()) {
                context.log().log(
                        System.Logger.Level.WARNING,
                        "{0} did not join within {1} s (static-membership.join-timeout); waiting on. Is it running, and"
                                + " is its address in the peer list right?",
                        String.join(", ", membership.missing()),
                        joinTimeout.toMillis() / 1000.0);
            }
        });
        membership.announce();
        context.provide(GroupMembership.class, membership);
    }
}
