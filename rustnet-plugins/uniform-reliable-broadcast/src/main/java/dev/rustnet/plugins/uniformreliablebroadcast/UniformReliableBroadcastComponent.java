package dev.rustnet.plugins.uniformreliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.Optional;

/** Provides uniform reliable broadcast. */
public final class UniformReliableBroadcastComponent implements NetComponent {
    private static final int CHECKS_PER_TIMEOUT = 8;
    private static final String COMMIT = "commit";
    private static final String MAJORITY = "majority";

    @Override
    public Settings settings() {
        return Settings.none()
                .choice(COMMIT, "all", MAJORITY)
                .size("window-bytes", 1 << 10, 1 << 30)
                .number("window-messages", 1, 1 << 20);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        ComponentDescriptor.Builder descriptor = ComponentDescriptor.named("uniform-reliable-broadcast")
                .provides(UniformReliableBroadcast.class)
                .requires(GroupMembership.class)
                .requires(FailureDetector.class)
                .requiresOptional(PerfectFailureDetector.class)
                .agreed(COMMIT)
                .guarantees(UniformReliableBroadcast.PROPERTIES)
                .assumes(Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION, aboutCrashes(own));
        if (own.getString(COMMIT).equals(MAJORITY)) {
            // A majority may crash once it has delivered; what it held must not be lost with it.
            descriptor.assumesWith(COMMIT + " = " + MAJORITY, Assumption.MAJORITY_AGREES_ON_VIEWS);
        }
        return descriptor.build();
    }

    @Override
    public void start(ComponentContext context) {
        CommitRule rule = rule(context);
        AllAckUniformReliableBroadcast protocol = new AllAckUniformReliableBroadcast(rule);
        BroadcastLog log =
                context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_ALL, protocol);
        attach(context, rule, protocol, log);
        context.provide(UniformReliableBroadcast.class, new UniformReliableBroadcast() {
            @Override
            public Channel channel(String name) {
                return log.channel(name);
            }

            @Override
            public Optional<BroadcastAlgorithm> algorithm() {
                return Optional.of(UniformReliableBroadcastComponent.algorithm(context, rule));
            }
        });
    }

    private static BroadcastAlgorithm algorithm(ComponentContext context, CommitRule rule) {
        return new BroadcastAlgorithm(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_ALL, log -> {
            AllAckUniformReliableBroadcast protocol = new AllAckUniformReliableBroadcast(rule);
            attach(context, rule, protocol, log);
            return protocol;
        });
    }

    private static void attach(
            ComponentContext context, CommitRule rule, AllAckUniformReliableBroadcast protocol, BroadcastLog log) {
        FailureDetector detector = context.require(FailureDetector.class);
        GroupMembership membership = context.require(GroupMembership.class);
        LazyRelay relay = new LazyRelay(log, membership, context.clock(), detector.timeout());
        protocol.attach(log, relay);
        detector.listen(protocol);
        StallReport report = new StallReport(
                log,
                membership,
                rule,
                relay::suspected,
                context.clock(),
                detector.timeout(),
                sentence -> context.log().log(System.Logger.Level.WARNING, sentence));
        context.timers().every(detector.timeout().dividedBy(CHECKS_PER_TIMEOUT), () -> {
            protocol.check();
            report.check();
        });
    }

    /** As {@link #rule} chooses. */
    private static Assumption aboutCrashes(Config own) {
        return own.getString(COMMIT).equals(MAJORITY)
                ? Assumption.MAJORITY_OF_CORRECT_PROCESSES
                : Assumption.PERFECT_FAILURE_DETECTION.orElse(Assumption.MAJORITY_OF_CORRECT_PROCESSES);
    }

    private static CommitRule rule(ComponentContext context) {
        if (context.config().getString(COMMIT).equals(MAJORITY)) {
            return CommitRule.MAJORITY;
        }
        return context.find(PerfectFailureDetector.class).isPresent()
                ? CommitRule.ALL_LIVING
                : CommitRule.ALL_UNSUSPECTED;
    }
}
