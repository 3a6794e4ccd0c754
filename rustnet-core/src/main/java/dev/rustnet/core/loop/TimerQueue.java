package dev.rustnet.core.loop;

import dev.rustnet.time.Timer;
import dev.rustnet.time.Timers;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Timers in the order of their deadlines; those of one deadline in the order in which they were set. */
final class TimerQueue implements Timers {
    // Injected
    private final LoopClock clock;
    private final Consumer<Runnable> run;

    // State
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nextSerial;

    TimerQueue(LoopClock clock, Consumer<Runnable> run) {
        this.clock = clock;
        this.run = run;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return set(Nanos.of(delay), 0, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a period must be positive, not " + period);
        }
        return set(Nanos.of(period), Nanos.of(period), action);
    }

    private Timer set(long delayNanos, long periodNanos, Runnable action) {
        Entry entry = new Entry(clock.nanos() + delayNanos, nextSerial++, periodNanos, action);
        entries.add(entry);
        return entry;
    }

    /** Nanoseconds until the next deadline, 0 when it has passed, -1 when no timer is set. */
    long untilNextNanos() {
        Entry next = entries.peek();
        return next == null ? -1 : Math.max(0, next.deadlineNanos - clock.nanos());
    }

    /** Runs what is due; what is set meanwhile waits for a later turn. */
    void runDue() {
        long now = clock.nanos();
        long serialLimit = nextSerial;
        for (Entry entry = entries.peek();
                entry != null && entry.deadlineNanos - now <= 0 && entry.serial < serialLimit;
                entry = entries.peek()) {
            entries.remove();
            if (entry.periodNanos > 0) {
                // A pause of the process skips the periods that passed: one run, then the next one in the future.
                long missed = Math.max(0, (now - entry.deadlineNanos) / entry.periodNanos);
                entry.deadlineNanos += (missed + 1) * entry.periodNanos;
                entry.serial = nextSerial++;
                entries.add(entry);
            }
            run.accept(entry.action);
        }
    }

    private final class Entry implements Timer, Comparable<Entry> {
        private long deadlineNanos;
        private long serial;
        private final long periodNanos;
        private final Runnable action;

        Entry(long deadlineNanos, long serial, long periodNanos, Runnable action) {
            this.deadlineNanos = deadlineNanos;
            this.serial = serial;
            this.periodNanos = periodNanos;
            this.action = action;
        }

        @Override
        public void cancel() {
            entries.remove(this);
        }

        @Override
        public int compareTo(Entry other) {
            int byDeadline = Long.signum(deadlineNanos - other.deadlineNanos);
            return byDeadline != 0 ? byDeadline : Long.compare(serial, other.serial);
        }
    }
}
