package dev.rustnet.plugins.uniformreliablebroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.function.IntPredicate;

/**
 * Uniform reliable broadcast: a message is delivered once enough processes are known to hold it that it cannot be lost
 * with those that crash.
 *
 * <p>Properties: validity (URB1), no duplication (URB2), no creation (URB3), uniform agreement (URB4), FIFO delivery
 * (FRB5).
 *
 * <p>Assumptions: perfect links, an eventually perfect failure detector, and fewer than half of the view crashed; with
 * {@link CommitRule#ALL_LIVING} a perfect failure detector and any number of crashes. Where more crash than that, or a
 * partition leaves no majority, delivery waits; uniform agreement holds all the same.
 *
 * <p>Complexity: n - 1 messages with payload for each broadcast; acknowledgements without payload, cumulative, at most
 * one per turn and link; two steps to delivery.
 *
 * <p>Source: CGR algorithm 3.4, All-Ack Uniform Reliable Broadcast, and 3.5, Majority-Ack, with acknowledgements in
 * place of the book's copies, and lazy relay of pending messages, delivered or not: {@link LazyRelay}.
 */
public final class AllAckUniformReliableBroadcast implements BroadcastProtocol, FailureDetector.SuspicionListener {
    // Injected
    private final CommitRule rule;

    // State
    @SuppressWarnings("NullAway.Init") // the log is made after its algorithm, and attached before the first event
    private BroadcastLog log;

    @SuppressWarnings("NullAway.Init")
    private LazyRelay relay;

    @SuppressWarnings("NullAway.Init")
    private IntPredicate suspected;

    private long[] scratch = new long[0];

    public AllAckUniformReliableBroadcast(CommitRule rule) {
        this.rule = rule;
    }

    /** Sets the log on which this works, and what sends on; before the first event. */
    public void attach(BroadcastLog newLog, LazyRelay newRelay) {
        log = newLog;
        relay = newRelay;
        suspected = newRelay::suspected;
    }

    @Override
    public void viewInstalled(View view) {
        scratch = new long[view.size()];
        for (int process = 0; process < view.size(); process++) {
            log.send(log.self(), process);
        }
        relay.viewInstalled(view);
    }

    @Override
    public void received(int source, long upTo) {
        deliverCommitted(source);
    }

    @Override
    public void acked(int process, int source, long upTo) {
        if (upTo > log.delivered(source)) {
            deliverCommitted(source);
        }
        relay.acked(process, source);
    }

    @Override
    public void removed(int process) {
        relay.removed(process);
        deliverAllCommitted();
    }

    @Override
    public void suspect(ProcessId process) {
        relay.suspect(process);
        deliverAllCommitted();
    }

    @Override
    public void restore(ProcessId process) {
        relay.restore(process);
    }

    /** Called a few times per timeout of the failure detector. */
    public void check() {
        relay.checkGaps();
    }

    /** Pending messages are examined again whenever fewer acknowledgements may do. */
    private void deliverAllCommitted() {
        for (int source = 0; source < scratch.length; source++) {
            deliverCommitted(source);
        }
    }

    private void deliverCommitted(int source) {
        long delivered = log.delivered(source);
        if (log.received(source) <= delivered) {
            return;
        }
        long committed = rule.commit(log, source, suspected, scratch);
        if (committed > delivered) {
            log.deliver(source, committed);
        }
    }
}
