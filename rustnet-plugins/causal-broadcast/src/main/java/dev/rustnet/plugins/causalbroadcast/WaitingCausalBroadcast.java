package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;

/**
 * Causal-order broadcast: a message waits until all that its source had delivered before it broadcast the message has
 * been delivered here. One causal order over all channels of the service.
 *
 * <p>Properties: those of the broadcast below, and causal delivery (CRB5): validity, no duplication, no creation and
 * agreement (RB1 to RB4) over reliable broadcast; uniform agreement (URB4) in place of agreement over uniform reliable
 * broadcast. Messages of which neither happened before the other are not held back for one another.
 *
 * <p>Assumptions: those of the broadcast below. Over reliable broadcast the only copies of a message may crash with
 * those who had them. What depends on it is never delivered without it: it is discarded, and reported, once a view ends whose
 * cut does not contain the lost message; where views never change, it waits for good. Over uniform reliable
 * broadcast that does not happen.
 *
 * <p>At the end of a view the cut is delivered in causal order, too. What a member that goes on had broadcast or delivered is in
 * the cut, with all that happened before; only messages of members that are gone can be discarded, and all that go on
 * discard the same, because that follows from the cut alone.
 *
 * <p>Complexity: the messages of the broadcast below and no others. Each carries the numbers of messages delivered of other
 * members since its source's message before: 2 bytes, and 2 or more for each such member. A message held back
 * stays in the log and is not consumed, so that the windows of the sources bound what waits, and nothing is dropped.
 *
 * <p>Source: CGR algorithm 3.15, Waiting Causal Broadcast. The no-waiting one, 3.13, carries its whole past with each
 * message. The vector counts what was handed to delivery, which is never less than what handlers have seen; the entry of the
 * source itself is the message's number, since the messages of one source arrive in order.
 */
public final class WaitingCausalBroadcast implements BroadcastProtocol {
    /** Told what is discarded. */
    interface Discards {
        /** The messages {@code first} to {@code last} of {@code source}, which wait for one of {@code awaited} that is lost. */
        void discarded(int source, long first, long last, int awaited, long number);
    }

    // Injected
    private final int groupSize;
    private final Discards discards;

    // State
    @SuppressWarnings("NullAway.Init") // the log is made after its algorithm, and attached before the first event
    private BroadcastLog log;

    @SuppressWarnings("NullAway.Init")
    private BroadcastProtocol below;

    @SuppressWarnings("NullAway.Init")
    private HeldBack held;

    // State of the view, by rank
    private long[] written = new long[0];
    private long[] present = new long[0];
    /** What the message after {@link BroadcastLog#delivered} waits for, once it has been read. */
    private long[][] causes = new long[0][0];

    private long[] readUpTo = new long[0];

    /** @param groupSize the number of configured members, which no view exceeds */
    WaitingCausalBroadcast(int groupSize, Discards discards) {
        this.groupSize = groupSize;
        this.discards = discards;
    }

    /** Sets the log on which this works, and the algorithm below; before the first event. */
    public void attach(BroadcastLog newLog, BroadcastAlgorithm algorithm) {
        log = newLog;
        held = new HeldBack(newLog, this::released);
        below = algorithm.workOn(held);
    }

    @Override
    public int maxPrefixLength() {
        return CausePrefix.maxLength(groupSize);
    }

    @Override
    public void writePrefix(ByteBuffer out) {
        for (int source = 0; source < present.length; source++) {
            present[source] = source == log.self() ? 0 : log.delivered(source);
        }
        CausePrefix.write(written, present, out);
    }

    @Override
    public void viewInstalled(View view) {
        int size = view.size();
        written = new long[size];
        present = new long[size];
        causes = new long[size][size];
        readUpTo = new long[size];
        for (int source = 0; source < size; source++) {
            // All members begin the view with the same messages delivered: differences start there.
            readUpTo[source] = log.delivered(source);
            for (int other = 0; other < size; other++) {
                causes[other][source] = other == source ? 0 : log.delivered(source);
            }
            written[source] = source == log.self() ? 0 : log.delivered(source);
        }
        held.viewInstalled(view);
        below.viewInstalled(view);
    }

    @Override
    public void received(int source, long upTo) {
        below.received(source, upTo);
    }

    @Override
    public void acked(int process, int source, long upTo) {
        below.acked(process, source, upTo);
    }

    @Override
    public void removed(int process) {
        below.removed(process);
    }

    @Override
    public void viewEnds(BroadcastLog ending, long[] cut) {
        for (int source = 0; source < cut.length; source++) {
            held.deliver(source, cut[source]);
        }
        // What was released while the view took nothing is still to be delivered.
        deliverAllDue();
        for (int source = 0; source < cut.length; source++) {
            if (waiting(source)) {
                int awaited = awaited(source);
                discards.discarded(
                        source, log.delivered(source) + 1, cut[source], awaited, awaitedNumber(source, awaited));
            }
        }
    }

    private void released(int source, long upTo) {
        if (deliverDue(source)) {
            deliverAllDue();
        }
    }

    private void deliverAllDue() {
        boolean any = true;
        while (any) {
            any = false;
            for (int source = 0; source < causes.length; source++) {
                any |= deliverDue(source);
            }
        }
    }

    /** Delivers what is due of that source; returns whether anything was. */
    private boolean deliverDue(int source) {
        long first = log.delivered(source) + 1;
        if (first > held.delivered(source) || waitsFor(source, first) >= 0) {
            return false;
        }
        // A view that ends takes nothing more until its cut is agreed. The first shows that: whoever reads on would
        // judge that one by the causes of another.
        log.deliver(source, first);
        if (log.delivered(source) < first) {
            return false;
        }
        long upTo = first;
        while (upTo < held.delivered(source) && waitsFor(source, upTo + 1) < 0) {
            upTo++;
        }
        if (upTo > first) {
            log.deliver(source, upTo);
        }
        return true;
    }

    /** A member of whose messages that one waits for one more; -1 when it is due. */
    private int waitsFor(int source, long number) {
        long[] needed = causes[source];
        if (readUpTo[source] < number) {
            CausePrefix.read(log.prefix(source, number), needed);
            readUpTo[source] = number;
        }
        for (int other = 0; other < needed.length; other++) {
            if (needed[other] > log.delivered(other) && other != source) {
                return other;
            }
        }
        return -1;
    }

    /** Whether a released message of that source is held back. */
    boolean waiting(int source) {
        return log.delivered(source) < held.delivered(source);
    }

    /** The member that the first message held back of {@code source} waits for; call it only when one is {@link #waiting}. */
    int awaited(int source) {
        return waitsFor(source, log.delivered(source) + 1);
    }

    /** The number of the message of {@code awaited} that it waits for. */
    long awaitedNumber(int source, int awaited) {
        return Math.min(causes[source][awaited], log.delivered(awaited) + 1);
    }
}
