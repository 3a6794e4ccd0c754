package dev.rustnet.core.log;

import java.util.Arrays;

/**
 * What is known of who holds and who has consumed which messages: {@code acked[p][s]} and {@code consumed[p][s]}, with a
 * stamp of the last change of each cell, so that each link is told only what is new to it. Pure.
 *
 * <p>A source has cells of its own from its first change on: in a large group, those who have nothing to say cost nothing.
 */
final class AckMatrix {
    // State: by source, then by process; null until a cell of that source changes
    private final int size;
    private final long[][] acked;
    private final long[][] consumed;
    private final long[][] changedAt;
    private final long[] base;
    private final boolean[] removed;

    /** For each process, the stamp of the last change of any of its cells. */
    private final long[] lastChange;

    /** The sources with cells of their own, in ascending order. */
    private int[] opened = new int[4];

    private int openCount;
    private long stamp = 1;

    AckMatrix(int size) {
        this(new long[size]);
    }

    private AckMatrix(long[] base) {
        this.size = base.length;
        this.base = base.clone();
        acked = new long[size][];
        consumed = new long[size][];
        changedAt = new long[size][];
        removed = new boolean[size];
        lastChange = new long[size];
    }

    /** Everybody holds, and has consumed, what belongs to an earlier view, and nothing else; nobody need be told. */
    static AckMatrix at(long[] base) {
        return new AckMatrix(base);
    }

    /**
     * What is known goes on from one view to the next; it is owed nothing older who is new, and for whom all is new.
     *
     * @param former for each rank, the one in the view before, or -1
     * @param self the rank of a process that was in the view before; -1 for one that is new
     */
    static AckMatrix goingOn(AckMatrix before, int[] former, long[] base, int self) {
        AckMatrix matrix = at(base);
        for (int source = 0; self >= 0 && source < former.length; source++) {
            if (former[source] >= 0) {
                matrix.open(source);
                for (int process = 0; process < former.length; process++) {
                    if (former[process] >= 0) {
                        matrix.acked[source][process] = before.acked(former[process], former[source]);
                        matrix.consumed[source][process] = before.consumed(former[process], former[source]);
                    }
                }
            }
        }
        return matrix;
    }

    private void open(int source) {
        if (acked[source] == null) {
            acked[source] = new long[size];
            consumed[source] = new long[size];
            changedAt[source] = new long[size];
            Arrays.fill(acked[source], base[source]);
            Arrays.fill(consumed[source], base[source]);
            noteOpened(source);
        }
    }

    private void noteOpened(int source) {
        if (openCount == opened.length) {
            opened = Arrays.copyOf(opened, 2 * openCount);
        }
        int at = openCount++;
        for (; at > 0 && opened[at - 1] > source; at--) {
            opened[at] = opened[at - 1];
        }
        opened[at] = source;
    }

    /** How many sources have cells that ever changed. */
    int openSources() {
        return openCount;
    }

    /** One of them, 0 to {@link #openSources}, exclusive, in ascending order. */
    int openSource(int index) {
        return opened[index];
    }

    int size() {
        return size;
    }

    long acked(int process, int source) {
        return acked[source] == null ? base[source] : acked[source][process];
    }

    long consumed(int process, int source) {
        return consumed[source] == null ? base[source] : consumed[source][process];
    }

    /** Raises a cell; returns whether that was news. */
    boolean raiseAcked(int process, int source, long number) {
        if (number <= acked(process, source)) {
            return false;
        }
        open(source);
        acked[source][process] = number;
        changed(process, source);
        return true;
    }

    boolean raiseConsumed(int process, int source, long number) {
        if (number <= consumed(process, source)) {
            return false;
        }
        open(source);
        consumed[source][process] = number;
        changed(process, source);
        return true;
    }

    private void changed(int process, int source) {
        changedAt[source][process] = stamp;
        lastChange[process] = stamp;
    }

    /** The present stamp; cells that change from now on have a higher one. */
    long nextStamp() {
        return stamp++;
    }

    boolean changedAfter(int process, int source, long since) {
        return changedAt[source] != null && changedAt[source][process] > since;
    }

    /** Whether any cell of that process has changed since. */
    boolean changedAfter(int process, long since) {
        return lastChange[process] > since;
    }

    void remove(int process) {
        removed[process] = true;
    }

    boolean removed(int process) {
        return removed[process];
    }

    /** The number up to which every member that counts holds the messages of {@code source}. */
    long stable(int source) {
        long least = Long.MAX_VALUE;
        for (int p = 0; p < size; p++) {
            if (!removed[p]) {
                least = Math.min(least, acked(p, source));
            }
        }
        return least;
    }

    /** The number up to which every member that counts has consumed the messages of {@code source}. */
    long consumedByAll(int source) {
        long least = Long.MAX_VALUE;
        for (int p = 0; p < size; p++) {
            if (!removed[p]) {
                least = Math.min(least, consumed(p, source));
            }
        }
        return least;
    }
}
