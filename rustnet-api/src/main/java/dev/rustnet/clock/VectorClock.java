package dev.rustnet.clock;

import dev.rustnet.broadcast.HeaderKey;

/**
 * A vector clock: for each process, how many of its events are known here. Of two events one happened before the other
 * exactly when its time is {@link VectorOrder#BEFORE} the other's. All methods are called on the loop.
 *
 * <p>Source: Fidge 1988, Mattern 1989.
 */
public interface VectorClock {
    /** The time of a message at its source: of its broadcast or its sending. */
    HeaderKey<VectorTimestamp> TIMESTAMP = new HeaderKey<>("vector-clock", VectorTimestamp.class);

    /** The time of the last event of this process; all zero before the first. */
    VectorTimestamp now();

    /** An event of this process that the clock does not see by itself; returns its time. */
    VectorTimestamp tick();
}
