package dev.rustnet.plugins.reliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;

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
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        FailureDetector detector = context.require(FailureDetector.class);
        LazyReliableBroadcast protocol = new LazyReliableBroadcast();
        BroadcastLog log =
                context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, protocol);
        protocol.attach(
                log, new LazyRelay(log, context.require(GroupMembership.class), context.clock(), detector.timeout()));
        detector.listen(protocol);
        context.timers().every(detector.timeout().dividedBy(CHECKS_PER_TIMEOUT), protocol::check);
        ReliableBroadcast service = log::channel;
        context.provide(ReliableBroadcast.class, service);
    }
}
