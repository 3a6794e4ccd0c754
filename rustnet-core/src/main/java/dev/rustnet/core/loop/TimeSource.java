package dev.rustnet.core.loop;

import java.time.Instant;

/** Where a loop reads time from. Called by the thread that drives the loop. */
public interface TimeSource {
    /** Monotonic nanoseconds. */
    long nanos();

    /** The wall clock. */
    Instant now();
}
