package dev.rustnet.testkit.simulation;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The virtual clock and what will happen, in order of time; what falls on one moment comes in an order from the seed.
 *
 * <p>A heap with four children to a node, in arrays: a run spends much of its time here, and mostly on comparing.
 */
final class Scheduler {
    private static final int CHILDREN = 4;

    // Injected
    private final SplittableRandom random;

    // State: the heap, the earliest first
    private long[] times = new long[64];
    private int[] ties = new int[64];
    private long[] serials = new long[64];
    private @Nullable Runnable[] actions = new Runnable[64];
    private int size;

    // State of the run
    private long nowNanos;
    private long nextSerial;
    private long steps;

    Scheduler(long seed) {
        this.random = new SplittableRandom(seed);
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Runs {@code action} at that time, or now when it has passed. */
    void at(long atNanos, Runnable action) {
        if (size == times.length) {
            grow();
        }
        rise(size++, Math.max(atNanos, nowNanos), random.nextInt(), nextSerial++, action);
    }

    void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /** When the next thing happens; {@code Long.MAX_VALUE} when nothing does. */
    long nextNanos() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Lets the next thing happen; false when there is none. */
    boolean step() {
        if (size == 0) {
            return false;
        }
        nowNanos = times[0];
        Runnable action = Objects.requireNonNull(actions[0]);
        steps++;
        size--;
        Runnable last = Objects.requireNonNull(actions[size]);
        actions[size] = null;
        if (size > 0) {
            sink(times[size], ties[size], serials[size], last);
        }
        action.run();
        return true;
    }

    /** Moves the clock on; nothing may be due before. */
    void advanceTo(long atNanos) {
        if (nextNanos() < atNanos) {
            throw new IllegalStateException("something happens before " + atNanos);
        }
        nowNanos = Math.max(nowNanos, atNanos);
    }

    long steps() {
        return steps;
    }

    // The heap

    private void grow() {
        int more = 2 * times.length;
        times = Arrays.copyOf(times, more);
        ties = Arrays.copyOf(ties, more);
        serials = Arrays.copyOf(serials, more);
        actions = Arrays.copyOf(actions, more);
    }

    private boolean isBefore(long time, int tie, long serial, int index) {
        if (time != times[index]) {
            return time < times[index];
        }
        return tie != ties[index] ? tie < ties[index] : serial < serials[index];
    }

    /** Puts an entry at the free place {@code index}, or above. */
    private void rise(int index, long time, int tie, long serial, Runnable action) {
        int free = index;
        while (free > 0) {
            int parent = (free - 1) / CHILDREN;
            if (!isBefore(time, tie, serial, parent)) {
                break;
            }
            move(parent, free);
            free = parent;
        }
        put(free, time, tie, serial, action);
    }

    /** Puts an entry at the root, which is free, or below. */
    private void sink(long time, int tie, long serial, Runnable action) {
        int free = 0;
        for (int child = 1; child < size; child = CHILDREN * free + 1) {
            int first = child;
            int end = Math.min(child + CHILDREN, size);
            for (int other = child + 1; other < end; other++) {
                if (isBefore(times[other], ties[other], serials[other], first)) {
                    first = other;
                }
            }
            if (isBefore(time, tie, serial, first)) {
                break;
            }
            move(first, free);
            free = first;
        }
        put(free, time, tie, serial, action);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        ties[to] = ties[from];
        serials[to] = serials[from];
        actions[to] = actions[from];
    }

    private void put(int index, long time, int tie, long serial, Runnable action) {
        times[index] = time;
        ties[index] = tie;
        serials[index] = serial;
        actions[index] = action;
    }
}
