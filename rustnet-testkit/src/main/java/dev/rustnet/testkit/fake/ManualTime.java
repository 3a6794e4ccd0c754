package dev.rustnet.testkit.fake;

import dev.rustnet.time.Clock;
import dev.rustnet.time.Timer;
import dev.rustnet.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until a test moves it, with the timers that run on it. */
public final class ManualTime implements Clock, Timers {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    // State
    private final List<Entry> entries = new ArrayList<>();
    private long nanos;
    private long serial;
    private Duration wallClockMoved = Duration.ZERO;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos).plus(wallClockMoved);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return set(Math.max(0, delay.toNanos()), 0, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a period must be positive, not " + period);
        }
        return set(period.toNanos(), period.toNanos(), action);
    }

    /** Lets time pass, running each timer at its time. */
    public void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        for (Optional<Entry> due = due(end); due.isPresent(); due = due(end)) {
            nanos = Math.max(nanos, due.get().deadlineNanos);
            run(due.get());
        }
        nanos = end;
    }

    /** The process was stopped for that long and wakes up: each timer that is overdue runs once, now. */
    public void pause(Duration duration) {
        nanos += duration.toNanos();
        long now = nanos;
        entries.stream()
                .filter(entry -> entry.deadlineNanos <= now)
                .sorted(ORDER)
                .toList()
                .forEach(this::run);
    }

    /** The wall clock jumps; monotonic time does not. */
    public void moveWallClock(Duration distance) {
        wallClockMoved = wallClockMoved.plus(distance);
    }

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingLong(entry -> entry.deadlineNanos).thenComparingLong(entry -> entry.serial);

    private Optional<Entry> due(long until) {
        return entries.stream().filter(entry -> entry.deadlineNanos <= until).min(ORDER);
    }

    private Timer set(long delayNanos, long periodNanos, Runnable action) {
        Entry entry = new Entry(nanos + delayNanos, periodNanos, serial++, action);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    private void run(Entry entry) {
        if (!entries.remove(entry)) {
            return;
        }
        if (entry.periodNanos > 0) {
            long missed = (nanos - entry.deadlineNanos) / entry.periodNanos;
            entry.deadlineNanos += (missed + 1) * entry.periodNanos;
            entry.serial = serial++;
            entries.add(entry);
        }
        entry.action.run();
    }

    private static final class Entry {
        private long deadlineNanos;
        private final long periodNanos;
        private long serial;
        private final Runnable action;

        Entry(long deadlineNanos, long periodNanos, long serial, Runnable action) {
            this.deadlineNanos = deadlineNanos;
            this.periodNanos = periodNanos;
            this.serial = serial;
            this.action = action;
        }
    }
}
