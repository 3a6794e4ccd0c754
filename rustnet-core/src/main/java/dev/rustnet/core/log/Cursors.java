package dev.rustnet.core.log;

import dev.rustnet.core.counters.Account;
import dev.rustnet.core.link.Batch;
import dev.rustnet.core.memory.MessageLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    // State: [source][receiver], the next number to send; null where nothing was ever sent, as of most in a large group
    private final long[][] next;
    private final long[][] ackedAtLastLook;
    private final int[] firstSource;

    // State of the accounts: of each source the range sent to each receiver, since it last knew all before
    private final long[] lastBefore;
    private final long[][] sentFrom;
    private final long[][] sentUpTo;
    private final @Nullable Account[] accounts;

    Cursors(int wireName, MessageLog[] logs, AckMatrix matrix) {
        this.wireName = wireName;
        this.logs = logs;
        this.matrix = matrix;
        next = new long[logs.length][];
        ackedAtLastLook = new long[logs.length][];
        firstSource = new int[logs.length];
        sentFrom = new long[logs.length][];
        sentUpTo = new long[logs.length][];
        accounts = new Account[logs.length];
        lastBefore = new long[logs.length];
        Arrays.setAll(lastBefore, source -> logs[source].last());
    }

    private void openBooks(int source) {
        if (sentFrom[source] == null) {
            sentFrom[source] = new long[next.length];
            sentUpTo[source] = new long[next.length];
            Arrays.fill(sentFrom[source], lastBefore[source] + 1);
            Arrays.fill(sentUpTo[source], lastBefore[source]);
        }
    }

    /**
     * Takes over the books on what was sent in the view before, whose messages and acknowledgements go on.
     *
     * @param former for each rank, the one in the view before, or -1
     */
    void goOn(Cursors before, int[] former) {
        for (int source = 0; source < next.length; source++) {
            if (former[source] < 0 || before.sentFrom[former[source]] == null) {
                continue;
            }
            openBooks(source);
            for (int to = 0; to < next.length; to++) {
                if (former[to] >= 0) {
                    sentFrom[source][to] = before.sentFrom[former[source]][former[to]];
                    sentUpTo[source][to] = before.sentUpTo[former[source]][former[to]];
                }
            }
        }
    }

    /** Closes the books on what was sent to that member, which has been brought to the cut: it holds all up to it. */
    void settle(int to, long[] cut) {
        Account account = accounts[to];
        for (int source = 0; account != null && source < next.length; source++) {
            if (sentFrom[source] == null) {
                continue;
            }
            long from = Math.max(matrix.acked(to, source), sentFrom[source][to] - 1);
            long arrived = Math.max(0, Math.min(sentUpTo[source][to], cut[source]) - from);
            account.acknowledged(arrived);
            account.unknown(inFlight(source, to) - arrived);
        }
    }

    /** Keeps the books on what is sent to that member. */
    void keep(int to, Account account) {
        accounts[to] = account;
    }

    void open(int source, int to) {
        if (next[source] == null) {
            next[source] = new long[next.length];
            Arrays.fill(next[source], NONE);
        }
        if (next[source][to] == NONE) {
            next[source][to] = matrix.acked(to, source) + 1;
        }
    }

    void close(int source, int to) {
        if (next[source] != null) {
            next[source][to] = NONE;
        }
    }

    /** That member counts no more. */
    void closeAll(int to) {
        Account account = accounts[to];
        if (account != null) {
            account.unknown(inFlight(to));
        }
        for (int source = 0; source < next.length; source++) {
            close(source, to);
            if (sentFrom[source] != null) {
                sentUpTo[source][to] = sentFrom[source][to] - 1;
            }
        }
    }

    boolean isOpen(int source, int to) {
        return next[source] != null && next[source][to] != NONE;
    }

    /** Whether there is something for {@code to} that it has not been sent. */
    boolean waits(int source, int to) {
        return isOpen(source, to) && Math.max(next[source][to], matrix.acked(to, source) + 1) <= logs[source].last();
    }

    /** Whether {@code to} lacks something that it is to be sent, or was sent. */
    boolean owes(int to) {
        for (int source = 0; source < next.length; source++) {
            if (isOpen(source, to) && matrix.acked(to, source) < logs[source].last()) {
                return true;
            }
        }
        return false;
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
                long last = batch.add(wireName, view, source, log, from, log.last());
                sent(source, to, from, last);
                from = last + 1;
            }
            next[source][to] = from;
            more |= from <= log.last();
        }
        return more;
    }

    private void sent(int source, int to, long from, long last) {
        Account account = accounts[to];
        if (account == null) {
            return;
        }
        openBooks(source);
        long before = sentUpTo[source][to];
        if (from > before + 1) {
            // What lies between came there by another way; or, if it did not, will never be asked for.
            account.unknown(inFlight(source, to));
            sentFrom[source][to] = from;
        }
        long firstTime = Math.max(from, before + 1);
        if (firstTime > from) {
            account.sentAgain(Math.min(firstTime - 1, last) - from + 1);
        }
        if (last >= firstTime) {
            account.sent(last - firstTime + 1);
            sentUpTo[source][to] = last;
        }
    }

    /** It is known now that {@code to} holds the messages of {@code source} after {@code before} up to {@code now}. */
    void acked(int source, int to, long before, long now) {
        Account account = accounts[to];
        if (sentFrom[source] == null) {
            return;
        }
        long ofThem = Math.min(now, sentUpTo[source][to]) - Math.max(before, sentFrom[source][to] - 1);
        if (account != null && ofThem > 0) {
            account.acknowledged(ofThem);
        }
    }

    private long inFlight(int source, int to) {
        return sentFrom[source] == null
                ? 0
                : Math.max(0, sentUpTo[source][to] - Math.max(matrix.acked(to, source), sentFrom[source][to] - 1));
    }

    /** How many messages have been sent to that member whose fate is open. */
    long inFlight(int to) {
        long sum = 0;
        for (int source = 0; source < next.length; source++) {
            sum += inFlight(source, to);
        }
        return sum;
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
            if (acked == 0 && !isOpen(source, to)) {
                continue;
            }
            if (ackedAtLastLook[source] == null) {
                ackedAtLastLook[source] = new long[next.length];
            }
            stalled |= isOpen(source, to) && next[source][to] - 1 > acked && acked == ackedAtLastLook[source][to];
            ackedAtLastLook[source][to] = acked;
        }
        return stalled;
    }
}
