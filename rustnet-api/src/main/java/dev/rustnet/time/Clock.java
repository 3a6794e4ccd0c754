package dev.rustnet.time;

import java.time.Instant;

/** The node's clock, read once per turn of the loop. Real in production, virtual in the simulator. */
public interface Clock {
    /** Monotonic time in nanoseconds; only differences mean anything. Constant within one turn of the loop. */
    long nanos();

    /** Wall-clock time: for display and file names, never for a protocol's decisions, because it can jump. */
    Instant now();
}
