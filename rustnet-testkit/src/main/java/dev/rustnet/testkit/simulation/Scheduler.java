package dev.rustnet.testkit.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The virtual clock and what will happen, in order of time; what falls on one moment comes in an order from the seed. */
final class Scheduler {
    private record Entry(long atNanos, int tie, long serial, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            if (atNanos != other.atNanos) {
                return Long.compare(atNanos, other.atNanos);
            }
            return tie != other.tie ? Integer.compare(tie, other.tie) : Long.compare(serial, other.serial);
        }
    }

    // Injected
    private final SplittableRandom random;

    // State
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
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
        entries.add(new Entry(Math.max(atNanos, nowNanos), random.nextInt(), nextSerial++, action));
    }

    void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /** When the next thing happens; {@code Long.MAX_VALUE} when nothing does. */
    long nextNanos() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.atNanos;
    }

    /** Lets the next thing happen; false when there is none. */
    boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos;
        steps++;
        next.action.run();
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
}
