package dev.rustnet.group;

import java.util.Comparator;
import java.util.Objects;

/**
 * A process: a name and one incarnation of it. A process that restarts is another process under the same name, with a
 * higher incarnation.
 *
 * @param name unique in the group, as configured
 * @param incarnation positive and growing with each restart; {@link #UNKNOWN} for a configured process never met yet
 */
public record ProcessId(String name, long incarnation) implements Comparable<ProcessId> {
    /** Stands for the incarnation of a process that has not been met yet. */
    public static final long UNKNOWN = 0;

    private static final Comparator<ProcessId> ORDER =
            Comparator.comparing(ProcessId::name).thenComparingLong(ProcessId::incarnation);

    public ProcessId {
        Objects.requireNonNull(name, "name");
    }

    /** A process of that name which has not been met yet. */
    public static ProcessId named(String name) {
        return new ProcessId(name, UNKNOWN);
    }

    /** Whether its incarnation is known, which is so once it has been met. */
    public boolean known() {
        return incarnation != UNKNOWN;
    }

    /** By name, then by incarnation. */
    @Override
    public int compareTo(ProcessId other) {
        return ORDER.compare(this, other);
    }

    /** The name alone: what people call the process. */
    @Override
    public String toString() {
        return name;
    }
}
