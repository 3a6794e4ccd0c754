package dev.rustnet.plugins.reliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.Optional;

/** Provides reliable broadcast. */
public final class ReliableBroadcastComponent implements NetComponent {
    private static final int CHECKS_PER_TIMEOUT = 8;

    @Override
    public Settings settings() {
        return Settings.none().size("window-bytes", 1 << 10, 1 << 30).number("window-messages", 1, 1 << 20);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("reliable-broadcast")
                .provides(ReliableBroadcast.class)
                .requires(GroupMembership.class)
                .requires(FailureDetector.class)
                .guarantees(ReliableBroadcast.PROPERTIES)
                .assumes(Assumption.EVENTUALLY_PERFECT_FAILURE_DETECTION)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        LazyReliableBroadcast protocol = new LazyReliableBroadcast();
        BroadcastLog log =
                context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, protocol);
        attach(context, protocol, log);
        context.provide(ReliableBroadcast.class, new ReliableBroadcast() {
            @Override
            public Channel channel(String name) {
                return log.channel(name);
            }

            @Override
            public Optional<BroadcastAlgorithm> algorithm() {
                return Optional.of(ReliableBroadcastComponent.algorithm(context));
            }
        });
    }

    private static BroadcastAlgorithm algorithm(ComponentContext context) {
        return new BroadcastAlgorithm(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, log -> {
            LazyReliableBroadcast protocol = new LazyReliableBroadcast();
            attach(context, protocol, log);
            return protocol;
        });
    }

    private static void attach(ComponentContext context, LazyReliableBroadcast protocol, BroadcastLog log) {
        FailureDetector detector = context.require(FailureDetector.class);
        protocol.attach(
                log, new LazyRelay(log, context.require(GroupMembership.class), context.clock(), detector.timeout()));
        detector.listen(protocol);
        context.timers().every(detector.timeout().dividedBy(CHECKS_PER_TIMEOUT), protocol::check);
    }
}
