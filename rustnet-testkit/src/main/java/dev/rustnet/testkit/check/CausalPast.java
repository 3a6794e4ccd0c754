package dev.rustnet.testkit.check;

import java.util.Arrays;

/**
 * What one process delivered, in its order, as runs of consecutive numbers of one sender, with a mark for each of its own
 * broadcasts: what stands before the mark happened before that broadcast.
 */
final class CausalPast {
    // State
    private int[] senders = new int[16];
    private long[] firsts = new long[16];
    private long[] lasts = new long[16];
    private int runs;
    private int[] marks = new int[16];

    void delivered(int sender, long number, int lastMark) {
        if (runs > lastMark && senders[runs - 1] == sender && lasts[runs - 1] == number - 1) {
            lasts[runs - 1] = number;
            return;
        }
        if (runs == senders.length) {
            senders = Arrays.copyOf(senders, 2 * runs);
            firsts = Arrays.copyOf(firsts, 2 * runs);
            lasts = Arrays.copyOf(lasts, 2 * runs);
        }
        senders[runs] = sender;
        firsts[runs] = number;
        lasts[runs] = number;
        runs++;
    }

    /** The process broadcasts its message of that number now. */
    void broadcast(long number) {
        if (number > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("causal order is checked for up to 2^31 broadcasts of one process");
        }
        int index = (int) number;
        if (index >= marks.length) {
            marks = Arrays.copyOf(marks, Math.max(index + 1, 2 * marks.length));
        }
        marks[index] = runs;
    }

    /** The runs 0 to this, exclusive, happened before the broadcast of that number; 0 for one that never was. */
    int mark(long number) {
        return number < marks.length ? marks[(int) number] : 0;
    }

    int runs() {
        return runs;
    }

    int sender(int run) {
        return senders[run];
    }

    long first(int run) {
        return firsts[run];
    }

    long last(int run) {
        return lasts[run];
    }
}
