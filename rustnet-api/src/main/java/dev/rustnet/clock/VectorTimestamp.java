package dev.rustnet.clock;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A vector time: a number for each process, 0 for those not named. Immutable: nothing that is given to it or taken from it
 * shares its numbers. A partial order, so that it is no {@link Comparable}.
 *
 * <p>Numbers of one process grow by one with each of its events. A process that comes into a running group, or comes
 * back to it, starts at {@link #start} of the view that it enters, above all that its name ever had before.
 */
public final class VectorTimestamp {
    private static final int VIEW_SHIFT = 32;

    private final List<String> processes;
    private final long[] times;

    private VectorTimestamp(List<String> processes, long[] times) {
        this.processes = processes;
        this.times = times;
    }

    /**
     * @param processes their names, sorted, none twice
     * @param times one for each, none negative
     */
    public static VectorTimestamp of(List<String> processes, long... times) {
        List<String> names = List.copyOf(processes);
        if (names.size() != times.length) {
            throw new IllegalArgumentException(times.length + " times are given for " + names.size() + " processes");
        }
        for (int i = 0; i < times.length; i++) {
            if (times[i] < 0) {
                throw new IllegalArgumentException("the time of " + names.get(i) + " is negative: " + times[i]);
            }
            if (i > 0 && names.get(i - 1).compareTo(names.get(i)) >= 0) {
                throw new IllegalArgumentException("the processes are not sorted, or one stands there twice: " + names);
            }
        }
        return new VectorTimestamp(names, times.clone());
    }

    /**
     * The number of a process before its first event, when it comes into the group with that view: 0 for the first view. One
     * that comes with view 3 counts {@code start(3) + 1}, {@code start(3) + 2}, and so on.
     */
    public static long start(long view) {
        return view <= 1 ? 0 : view << VIEW_SHIFT;
    }

    /** The names that it has numbers for, sorted. */
    public List<String> processes() {
        return processes;
    }

    /** The number of that process. */
    public long time(String process) {
        int index = index(process);
        return index < 0 ? 0 : times[index];
    }

    private int index(String process) {
        for (int i = 0; i < times.length; i++) {
            if (processes.get(i).equals(process)) {
                return i;
            }
        }
        return -1;
    }

    /** How this time stands to {@code other}. */
    public VectorOrder compareTo(VectorTimestamp other) {
        boolean smaller = false;
        boolean greater = false;
        if (processes.equals(other.processes)) {
            for (int i = 0; i < times.length; i++) {
                smaller |= times[i] < other.times[i];
                greater |= times[i] > other.times[i];
            }
        } else {
            for (int i = 0; i < times.length; i++) {
                long theirs = other.time(processes.get(i));
                smaller |= times[i] < theirs;
                greater |= times[i] > theirs;
            }
            for (int i = 0; i < other.times.length; i++) {
                smaller |= other.times[i] > time(other.processes.get(i));
            }
        }
        if (smaller) {
            return greater ? VectorOrder.CONCURRENT : VectorOrder.BEFORE;
        }
        return greater ? VectorOrder.AFTER : VectorOrder.EQUAL;
    }

    /** The event of this time happened before that of {@code other}. */
    public boolean before(VectorTimestamp other) {
        return compareTo(other) == VectorOrder.BEFORE;
    }

    /** The smallest time that is before neither: the greater number for each process. */
    public VectorTimestamp merge(VectorTimestamp other) {
        if (processes.equals(other.processes)) {
            long[] merged = times.clone();
            for (int i = 0; i < merged.length; i++) {
                merged[i] = Math.max(merged[i], other.times[i]);
            }
            return new VectorTimestamp(processes, merged);
        }
        TreeMap<String, Long> all = new TreeMap<>();
        for (int i = 0; i < times.length; i++) {
            all.put(processes.get(i), times[i]);
        }
        for (int i = 0; i < other.times.length; i++) {
            all.merge(other.processes.get(i), other.times[i], Math::max);
        }
        return new VectorTimestamp(
                List.copyOf(all.keySet()),
                all.values().stream().mapToLong(Long::longValue).toArray());
    }

    /** Equal in the sense of {@link VectorOrder#EQUAL}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof VectorTimestamp timestamp && compareTo(timestamp) == VectorOrder.EQUAL;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < times.length; i++) {
            // Names without a number count for nothing, as in equals.
            hash += times[i] == 0 ? 0 : processes.get(i).hashCode() ^ Long.hashCode(times[i]) * 31;
        }
        return hash;
    }

    /** A copy of the numbers, in the order of {@link #processes}. */
    public long[] times() {
        return Arrays.copyOf(times, times.length);
    }

    /** For instance <code>{first:3, third:1}</code>. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < times.length; i++) {
            if (times[i] != 0) {
                text.add(processes.get(i) + ":" + times[i]);
            }
        }
        return text.toString();
    }
}
