package dev.rustnet.testkit.check;

import java.util.Arrays;

/**
 * A set of message numbers as disjoint intervals in ascending order, none touching the next. Deliveries are mostly in
 * order, so that it is one interval, whatever the number of messages.
 */
final class IntervalSet {
    static final IntervalSet EMPTY = new IntervalSet();

    // State
    private long[] bounds = new long[2];
    private int intervals;

    /** Adds {@code number}; returns whether it was not in the set. */
    boolean add(long number) {
        int left = lastFromAtMost(number);
        if (left >= 0 && number <= bounds[2 * left + 1]) {
            return false;
        }
        boolean joinsLeft = left >= 0 && bounds[2 * left + 1] == number - 1;
        boolean joinsRight = left + 1 < intervals && bounds[2 * left + 2] == number + 1;
        if (joinsLeft && joinsRight) {
            bounds[2 * left + 1] = bounds[2 * left + 3];
            System.arraycopy(bounds, 2 * left + 4, bounds, 2 * left + 2, 2 * (intervals - left - 2));
            intervals--;
        } else if (joinsLeft) {
            bounds[2 * left + 1] = number;
        } else if (joinsRight) {
            bounds[2 * left + 2] = number;
        } else {
            insert(left + 1, number);
        }
        return true;
    }

    private void insert(int index, long number) {
        if (2 * intervals == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        System.arraycopy(bounds, 2 * index, bounds, 2 * index + 2, 2 * (intervals - index));
        bounds[2 * index] = number;
        bounds[2 * index + 1] = number;
        intervals++;
    }

    boolean contains(long number) {
        return endOfIntervalAt(number) >= 0;
    }

    /** Whether all from {@code from} to {@code to} are in the set. */
    boolean containsAll(long from, long to) {
        return endOfIntervalAt(from) >= to;
    }

    /** The smallest number of this set that is in neither of the others, or -1. */
    long firstOutside(IntervalSet first, IntervalSet second) {
        for (int i = 0; i < intervals; i++) {
            long number = bounds[2 * i];
            while (number <= bounds[2 * i + 1]) {
                long end = Math.max(first.endOfIntervalAt(number), second.endOfIntervalAt(number));
                if (end < 0) {
                    return number;
                }
                number = end + 1;
            }
        }
        return -1;
    }

    /** The smallest number from {@code from} to {@code to} that is not in the set, or -1. */
    long firstMissing(long from, long to) {
        long end = endOfIntervalAt(from);
        if (end < 0) {
            return from;
        }
        return end >= to ? -1 : end + 1;
    }

    /** The last number of the interval that {@code number} is in, or -1. */
    private long endOfIntervalAt(long number) {
        int i = lastFromAtMost(number);
        return i >= 0 && number <= bounds[2 * i + 1] ? bounds[2 * i + 1] : -1;
    }

    private int lastFromAtMost(long number) {
        if (intervals > 0 && bounds[2 * intervals - 2] <= number) {
            return intervals - 1;
        }
        int low = 0;
        int high = intervals - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle] <= number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    boolean isEmpty() {
        return intervals == 0;
    }

    long last() {
        return intervals == 0 ? 0 : bounds[2 * intervals - 1];
    }

    IntervalSet copy() {
        IntervalSet copy = new IntervalSet();
        copy.bounds = bounds.clone();
        copy.intervals = intervals;
        return copy;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < intervals; i++) {
            text.append(i == 0 ? "" : ", ").append(bounds[2 * i]);
            if (bounds[2 * i] < bounds[2 * i + 1]) {
                text.append("..").append(bounds[2 * i + 1]);
            }
        }
        return "{" + text + "}";
    }
}
