package dev.rustnet.launcher.scenario;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.link.FairLossLinks;

/** The twin of best-effort broadcast: takes the end of a connection for the end of the process behind it. */
final class GivesUpOnALostConnection extends Twin implements BroadcastProtocol {
    private BroadcastLog log;

    GivesUpOnALostConnection() {
        super("best-effort-broadcast");
    }

    @Override
    public void start(ComponentContext context) {
        log = context.broadcastLog(BroadcastLog.Retention.BY_SOURCE, BroadcastLog.Acknowledgement.TO_SOURCE, this);
        context.transport().listen(new FairLossLinks.ConnectionListener() {
            @Override
            public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                log.stopSending(log.self(), rank);
            }
        });
        BestEffortBroadcast service = log::channel;
        context.provide(BestEffortBroadcast.class, service);
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
