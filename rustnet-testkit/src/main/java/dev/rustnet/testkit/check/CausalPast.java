package dev.rustnet.testkit.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process delivered, as runs of consecutive numbers of one sender, with a mark for each of its own broadcasts: what
 * stands before the mark happened before that broadcast. Between two marks the order does not matter, so that a sender whose
 * messages come one after the other takes one run. Runs that nobody will ask for are forgotten; those that are left keep
 * their numbers.
 */
final class CausalPast {
    // State: run number k at index k - forgotten
    private int[] senders = new int[8];
    private long[] firsts = new long[8];
    private long[] lasts = new long[8];
    private long forgotten;
    private int kept;
    private final TreeMap<Long, Long> marks = new TreeMap<>();

    /** The runs since the last mark that end with the highest number of their senders, by sender. */
    private final Map<Integer, Integer> open = new HashMap<>();

    void delivered(int sender, long number) {
        Integer latest = open.get(sender);
        if (latest != null && lasts[latest] == number - 1) {
            lasts[latest] = number;
            return;
        }
        if (kept == senders.length) {
            senders = Arrays.copyOf(senders, 2 * kept);
            firsts = Arrays.copyOf(firsts, 2 * kept);
            lasts = Arrays.copyOf(lasts, 2 * kept);
        }
        senders[kept] = sender;
        firsts[kept] = number;
        lasts[kept] = number;
        open.put(sender, kept);
        kept++;
    }

    /** The process broadcasts its message of that number now. */
    void broadcast(long number) {
        marks.put(number, runs());
        open.clear();
    }

    /** The runs 0 to this, exclusive, happened before the broadcast of that number; 0 for one that never was. */
    long mark(long number) {
        return marks.getOrDefault(number, 0L);
    }

    /** The runs so far are 0 to this, exclusive. */
    long runs() {
        return forgotten + kept;
    }

    /** The runs before this one are forgotten. */
    long first() {
        return forgotten;
    }

    /** How many runs and marks are kept. */
    int size() {
        return kept + marks.size();
    }

    int sender(long run) {
        return senders[(int) (run - forgotten)];
    }

    long first(long run) {
        return firsts[(int) (run - forgotten)];
    }

    long last(long run) {
        return lasts[(int) (run - forgotten)];
    }

    /** Nobody will ask for runs before that one, nor for marks at it or before: those since the last mark are kept. */
    void forget(long before) {
        while (!marks.isEmpty() && marks.firstEntry().getValue() <= before) {
            marks.pollFirstEntry();
        }
        int gone = (int) (before - forgotten);
        if (gone <= 0) {
            return;
        }
        kept -= gone;
        System.arraycopy(senders, gone, senders, 0, kept);
        System.arraycopy(firsts, gone, firsts, 0, kept);
        System.arraycopy(lasts, gone, lasts, 0, kept);
        forgotten = before;
        open.replaceAll((sender, run) -> run - gone);
    }
}
