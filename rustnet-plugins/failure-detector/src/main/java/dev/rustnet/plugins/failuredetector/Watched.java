package dev.rustnet.plugins.failuredetector;

import dev.rustnet.group.ProcessId;
import org.jspecify.annotations.Nullable;

/** What the detector knows of one member since it was met, here or elsewhere. */
final class Watched {
    /** The latest incarnation met. */
    final ProcessId process;

    /** The incarnation before it, which has crashed: its name came back with a higher one. */
    final @Nullable ProcessId former;

    /** Whether there ever was a connection with it; if not, another process has met it. */
    final boolean direct;

    /** Not so after a goodbye: a process that has left owes no sign of life. */
    boolean watched = true;

    /** The time of its last sign of life that was taken into account, as the links state it. */
    long heardNanos;

    /** How long it has been silent since then, counted only while the own process was running. */
    long silentNanos;

    /** Its last connection ended without a goodbye, and there is no other one yet. */
    boolean ended;

    boolean suspected;
    boolean crashed;

    Watched(ProcessId process, @Nullable ProcessId former, boolean direct) {
        this.process = process;
        this.former = former;
        this.direct = direct;
    }
}
