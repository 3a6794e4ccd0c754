package dev.rustnet.core.log;

/**
 * What is known of who holds and who has consumed which messages: {@code acked[p][s]} and {@code consumed[p][s]}, with a
 * stamp of the last change of each cell, so that each link is told only what is new to it. Pure.
 */
final class AckMatrix {
    // State
    private final int size;
    private final long[][] acked;
    private final long[][] consumed;
    private final long[][] changedAt;
    private final boolean[] removed;
    private long stamp = 1;

    AckMatrix(int size) {
        this.size = size;
        acked = new long[size][size];
        consumed = new long[size][size];
        changedAt = new long[size][size];
        removed = new boolean[size];
    }

    /** Everybody holds, and has consumed, what belongs to an earlier view, and nothing else; nobody need be told. */
    static AckMatrix at(long[] base) {
        AckMatrix matrix = new AckMatrix(base.length);
        for (int process = 0; process < base.length; process++) {
            System.arraycopy(base, 0, matrix.acked[process], 0, base.length);
            System.arraycopy(base, 0, matrix.consumed[process], 0, base.length);
        }
        return matrix;
    }

    /**
     * What is known goes on from one view to the next; it is owed nothing older who is new, and for whom all is new.
     *
     * @param former for each rank, the one in the view before, or -1
     * @param self the rank of a process that was in the view before; -1 for one that is new
     */
    static AckMatrix goingOn(AckMatrix before, int[] former, long[] base, int self) {
        AckMatrix matrix = at(base);
        for (int process = 0; self >= 0 && process < former.length; process++) {
            for (int source = 0; former[process] >= 0 && source < former.length; source++) {
                if (former[source] >= 0) {
                    matrix.acked[process][source] = before.acked[former[process]][former[source]];
                    matrix.consumed[process][source] = before.consumed[former[process]][former[source]];
                }
            }
        }
        return matrix;
    }

    int size() {
        return size;
    }

    long acked(int process, int source) {
        return acked[process][source];
    }

    long consumed(int process, int source) {
        return consumed[process][source];
    }

    /** Raises a cell; returns whether that was news. */
    boolean raiseAcked(int process, int source, long number) {
        if (number <= acked[process][source]) {
            return false;
        }
        acked[process][source] = number;
        changedAt[process][source] = stamp;
        return true;
    }

    boolean raiseConsumed(int process, int source, long number) {
        if (number <= consumed[process][source]) {
            return false;
        }
        consumed[process][source] = number;
        changedAt[process][source] = stamp;
        return true;
    }

    /** The present stamp; cells that change from now on have a higher one. */
    long nextStamp() {
        return stamp++;
    }

    boolean changedAfter(int process, int source, long since) {
        return changedAt[process][source] > since;
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
                least = Math.min(least, acked[p][source]);
            }
        }
        return least;
    }

    /** The number up to which every member that counts has consumed the messages of {@code source}. */
    long consumedByAll(int source) {
        long least = Long.MAX_VALUE;
        for (int p = 0; p < size; p++) {
            if (!removed[p]) {
                least = Math.min(least, consumed[p][source]);
            }
        }
        return least;
    }
}
