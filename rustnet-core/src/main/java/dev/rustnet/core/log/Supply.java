package dev.rustnet.core.log;

import dev.rustnet.core.link.Batch;
import dev.rustnet.core.memory.MessageLog;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The messages of a view that ends, and what is sent of them to members that lack some of its cut: to those that have not
 * installed the next view yet, until all have. Pure but for the batch that it fills.
 */
final class Supply {
    // Injected
    private final int wireName;
    private final long view;
    private final MessageLog[] logs;

    // State: [rank of the receiver in the group][rank of the source in the view], the next number to send and the last
    private final long[][] next;
    private final long[][] last;

    /** @param receivers the size of the group */
    Supply(int wireName, long view, MessageLog[] logs, int receivers) {
        this.wireName = wireName;
        this.view = view;
        this.logs = logs;
        next = new long[receivers][logs.length];
        last = new long[receivers][logs.length];
    }

    /** The number of the view that ends. */
    long view() {
        return view;
    }

    /** The number of members of the view that ends. */
    int sources() {
        return logs.length;
    }

    /** Sends that receiver the messages after {@code held} up to {@code cut}, as far as they are here; from the first on. */
    void send(int to, long[] held, long[] cut) {
        for (int source = 0; source < logs.length; source++) {
            next[to][source] = Math.max(held[source] + 1, logs[source].first());
            last[to][source] = Math.min(cut[source], logs[source].last());
        }
    }

    /** Sends that receiver nothing more. */
    void stop(int to) {
        Arrays.fill(next[to], 1);
        Arrays.fill(last[to], 0);
    }

    /** Adds what that receiver is to be sent; returns whether more is left. */
    boolean fill(int to, Batch batch) {
        boolean more = false;
        for (int source = 0; source < logs.length; source++) {
            long from = Math.max(next[to][source], logs[source].first());
            while (from <= last[to][source] && batch.hasRoom()) {
                from = batch.add(wireName, view, source, logs[source], from, last[to][source]) + 1;
            }
            next[to][source] = from;
            more |= from <= last[to][source];
        }
        return more;
    }

    /** Nobody needs them any more. Logs for which {@code goesOn} is true are another's business. */
    void close(IntPredicate goesOn) {
        for (int source = 0; source < logs.length; source++) {
            if (!goesOn.test(source)) {
                logs[source].close();
            }
        }
        for (int to = 0; to < next.length; to++) {
            stop(to);
        }
    }
}
