package dev.rustnet.plugins.reliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.group.View;

/** A twin of the protocol that is wrong on purpose: best-effort broadcast under the name of reliable broadcast. */
final class WithoutRelay implements NetComponent, BroadcastProtocol {
    private final ReliableBroadcastComponent original = new ReliableBroadcastComponent();
    private BroadcastLog log;

    @Override
    public Settings settings() {
        return original.settings();
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return original.descriptor(own);
    }

    @Override
    public void start(ComponentContext context) {
        log = context.broadcastLog(BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, this);
        ReliableBroadcast service = log::channel;
        context.provide(ReliableBroadcast.class, service);
    }

    @Override
    public void viewInstalled(View view) {
        for (int process = 0; process < view.size(); process++) {
            log.send(log.self(), process);
        }
    }

    @Override
    public void received(int source, long upTo) {
        log.deliver(source, upTo);
    }

    @Override
    public void acked(int process, int source, long upTo) {}

    @Override
    public void removed(int process) {}
}
