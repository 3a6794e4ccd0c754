package dev.rustnet.core.log;

import dev.rustnet.core.link.Batch;
import dev.rustnet.core.memory.MessageLog;
import java.util.Arrays;

/**
 * Who is sent whose messages, and how far: for each pair of source and receiver a cursor over the retained messages of
 * that source. Pure but for the batch that it fills.
 */
final class Cursors {
    private static final long NONE = -1;

    // Injected
    private final int wireName;
    private final MessageLog[] logs;
    private final AckMatrix matrix;

    // State: [source][receiver], the next number to send
    private final long[][] next;
    private final long[][] ackedAtLastLook;
    private final int[] firstSource;

    Cursors(int wireName, MessageLog[] logs, AckMatrix matrix) {
        this.wireName = wireName;
        this.logs = logs;
        this.matrix = matrix;
        next = new long[logs.length][logs.length];
        ackedAtLastLook = new long[logs.length][logs.length];
        firstSource = new int[logs.length];
        for (long[] ofSource : next) {
            Arrays.fill(ofSource, NONE);
        }
    }

    void open(int source, int to) {
        if (next[source][to] == NONE) {
            next[source][to] = matrix.acked(to, source) + 1;
        }
    }

    void close(int source, int to) {
        next[source][to] = NONE;
    }

    void closeAll(int to) {
        for (long[] ofSource : next) {
            ofSource[to] = NONE;
        }
    }

    boolean isOpen(int source, int to) {
        return next[source][to] != NONE;
    }

    /** Whether there is something for {@code to} that it has not been sent. */
    boolean waits(int source, int to) {
        return isOpen(source, to) && Math.max(next[source][to], matrix.acked(to, source) + 1) <= logs[source].last();
    }

    /** Adds what {@code to} lacks, the sources taking turns; returns whether more is left. */
    boolean fill(long view, int to, Batch batch) {
        int size = logs.length;
        firstSource[to] = (firstSource[to] + 1) % size;
        boolean more = false;
        for (int i = 0; i < size; i++) {
            int source = (firstSource[to] + i) % size;
            if (!isOpen(source, to)) {
                continue;
            }
            MessageLog log = logs[source];
            long from = Math.max(Math.max(next[source][to], matrix.acked(to, source) + 1), log.first());
            while (from <= log.last() && batch.hasRoom()) {
                from = batch.add(wireName, view, source, log, from, log.last()) + 1;
            }
            next[source][to] = from;
            more |= from <= log.last();
        }
        return more;
    }

    /** What was sent to {@code to} and is not acknowledged will be sent again. */
    void rewind(int to) {
        for (int source = 0; source < next.length; source++) {
            if (isOpen(source, to)) {
                next[source][to] = matrix.acked(to, source) + 1;
            }
        }
    }

    /** Whether something sent to {@code to} is not acknowledged and nothing of that source has been since the last call. */
    boolean stalled(int to) {
        boolean stalled = false;
        for (int source = 0; source < next.length; source++) {
            long acked = matrix.acked(to, source);
            stalled |= isOpen(source, to) && next[source][to] - 1 > acked && acked == ackedAtLastLook[source][to];
            ackedAtLastLook[source][to] = acked;
        }
        return stalled;
    }
}
