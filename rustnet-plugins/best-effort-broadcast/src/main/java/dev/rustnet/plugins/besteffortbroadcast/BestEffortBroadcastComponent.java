package dev.rustnet.plugins.besteffortbroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.GroupMembership;

/** Provides best-effort broadcast. */
public final class BestEffortBroadcastComponent implements NetComponent {
    @Override
    public Settings settings() {
        return Settings.none().size("window-bytes", 1 << 10, 1 << 30).number("window-messages", 1, 1 << 20);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("best-effort-broadcast")
                .provides(BestEffortBroadcast.class)
                .requires(GroupMembership.class)
                .guarantees(BestEffortBroadcast.PROPERTIES)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        BasicBroadcast protocol = new BasicBroadcast();
        BroadcastLog log = context.broadcastLog(
                BroadcastLog.Retention.BY_SOURCE, BroadcastLog.Acknowledgement.TO_SOURCE, protocol);
        protocol.attach(log);
        BestEffortBroadcast service = log::channel;
        context.provide(BestEffortBroadcast.class, service);
    }
}
