package dev.rustnet.clock;

import dev.rustnet.broadcast.HeaderKey;

/**
 * A Lamport clock: a number that grows with each event of the process, and over the time of every message that it
 * delivers or receives, so that an event which happened before another one has the smaller time. All methods are called
 * on the loop.
 *
 * <p>Source: Lamport, Time, Clocks, and the Ordering of Events in a Distributed System, 1978; CGR 2.5.
 */
public interface LamportClock {
    /** The time of a message at its source: of its broadcast or its sending. */
    HeaderKey<LamportTimestamp> TIMESTAMP = new HeaderKey<>("lamport-clock", LamportTimestamp.class);

    /** The time of the last event of this process; 0 before the first. */
    LamportTimestamp now();

    /** An event of this process that the clock does not see by itself; returns its time. */
    LamportTimestamp tick();
}
