package dev.rustnet.plugins.besteffortbroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.group.View;

/**
 * Best-effort broadcast: the source sends to everybody, everybody delivers what arrives.
 *
 * <p>Properties: validity (BEB1), no duplication (BEB2), no creation (BEB3), FIFO delivery (FRB5). No agreement: when the
 * source crashes, some may deliver and others not.
 *
 * <p>Assumptions: perfect links; no failure detector; any number of crashes.
 *
 * <p>Complexity: n - 1 messages and one step for each broadcast.
 *
 * <p>Source: CGR algorithm 3.1, Basic Broadcast.
 */
public final class BasicBroadcast implements BroadcastProtocol {
    // State
    @SuppressWarnings("NullAway.Init") // the log is made after its algorithm, and attached before the first event
    private BroadcastLog log;

    /** Sets the log on which this works; before the first event. */
    public void attach(BroadcastLog newLog) {
        log = newLog;
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
