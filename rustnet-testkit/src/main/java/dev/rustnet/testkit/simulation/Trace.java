package dev.rustnet.testkit.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Everything that happens in a run, in order, with its virtual time. Its hash covers all of it, so that two runs with one
 * hash were the same run; of the entries, the latest are kept.
 */
public final class Trace {
    /** What happened. */
    enum Kind {
        SENT,
        DELIVERED,
        LOST,
        DUPLICATED,
        DIALLED,
        OPENED,
        DIAL_FAILED,
        CLOSED,
        EVENT,
        FAULT,
        STARTED,
        STOPPED,
        LOGGED
    }

    /** One thing that happened. */
    record Entry(long atNanos, Kind kind, String process, String other, long value, Object detail) {
        String text() {
            String link = other.isEmpty() ? process : process + " -> " + other;
            return String.format(
                    Locale.ROOT,
                    "%12.6f %-11s %-12s %s%s",
                    atNanos / 1e9,
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    link,
                    detail,
                    value == 0 ? "" : " " + Long.toHexString(value));
        }
    }

    // Injected
    private final int capacity;

    // State
    private final Deque<Entry> latest = new ArrayDeque<>();
    private long hash;
    private long count;

    /** @param capacity how many entries are kept to be read */
    Trace(int capacity) {
        this.capacity = capacity;
    }

    /** @param detail must have a text that is the same in each run */
    void add(long atNanos, Kind kind, String process, String other, long value, Object detail) {
        count++;
        long mixed = Seeds.mix(hash ^ atNanos);
        mixed = Seeds.mix(mixed ^ (kind.name().hashCode() + 31L * process.hashCode()));
        mixed = Seeds.mix(mixed ^ (other.hashCode() + 31L * detail.hashCode()));
        hash = Seeds.mix(mixed ^ value);
        if (capacity > 0) {
            if (latest.size() == capacity) {
                latest.removeFirst();
            }
            latest.addLast(new Entry(atNanos, kind, process, other, value, detail));
        }
    }

    /** Covers everything that happened. */
    public long hash() {
        return hash;
    }

    /** How many things happened. */
    public long count() {
        return count;
    }

    /** The latest entries, oldest first. */
    public List<String> lines() {
        return latest.stream().map(Entry::text).toList();
    }

    /** The same, as they are. */
    List<Entry> entries() {
        return new ArrayList<>(latest);
    }
}
