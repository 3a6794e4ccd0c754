package dev.rustnet.plugins.reliablebroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;

/**
 * Reliable broadcast: everybody delivers what arrives, and keeps it until all hold it, in order to send it on where its
 * source cannot any more.
 *
 * <p>Properties: validity (RB1), no duplication (RB2), no creation (RB3), agreement (RB4), FIFO delivery (FRB5). Not
 * uniform: a process may deliver, crash, and take the only copy with it.
 *
 * <p>Assumptions: perfect links, an eventually perfect failure detector (a wrong suspicion costs copies, nothing else);
 * any number of crashes.
 *
 * <p>Complexity: n - 1 messages and one step for each broadcast of a process that nobody suspects; up to (n - 1)(n - 2)
 * more, of what is lacking, for one that is suspected.
 *
 * <p>Source: CGR algorithm 3.2, Lazy Reliable Broadcast, with a suspicion for the crash, and gaps healed too: {@link
 * LazyRelay}.
 */
public final class LazyReliableBroadcast implements BroadcastProtocol, FailureDetector.SuspicionListener {
    // State
    @SuppressWarnings("NullAway.Init") // the log is made after its algorithm, and attached before the first event
    private BroadcastLog log;

    @SuppressWarnings("NullAway.Init")
    private LazyRelay relay;

    /** Sets the log on which this works, and what sends on; before the first event. */
    public void attach(BroadcastLog newLog, LazyRelay newRelay) {
        log = newLog;
        relay = newRelay;
    }

    @Override
    public void viewInstalled(View view) {
        for (int process = 0; process < view.size(); process++) {
            log.send(log.self(), process);
        }
        relay.viewInstalled(view);
    }

    @Override
    public void received(int source, long upTo) {
        log.deliver(source, upTo);
    }

    @Override
    public void acked(int process, int source, long upTo) {
        relay.acked(process, source);
    }

    @Override
    public void removed(int process) {
        relay.removed(process);
    }

    @Override
    public void suspect(ProcessId process) {
        relay.suspect(process);
    }

    @Override
    public void restore(ProcessId process) {
        relay.restore(process);
    }

    /** Called a few times per timeout of the failure detector. */
    public void check() {
        relay.checkGaps();
    }
}
