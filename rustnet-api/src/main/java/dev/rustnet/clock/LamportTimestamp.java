package dev.rustnet.clock;

import dev.rustnet.group.ProcessId;
import java.util.Comparator;

/**
 * The Lamport time of an event, and the process at which it happened. The order is total, and contains happened-before: the time of an
 * event is smaller than that of each one it happened before. The other way round it says nothing.
 *
 * @param time of the event, from 1; 0 is the time before the first
 * @param process at which it happened
 */
public record LamportTimestamp(long time, ProcessId process) implements Comparable<LamportTimestamp> {
    private static final Comparator<LamportTimestamp> ORDER =
            Comparator.comparingLong(LamportTimestamp::time).thenComparing(LamportTimestamp::process);

    /** By time, then by process. */
    @Override
    public int compareTo(LamportTimestamp other) {
        return ORDER.compare(this, other);
    }

    /** For instance {@code 12@first}. */
    @Override
    public String toString() {
        return time + "@" + process;
    }
}
