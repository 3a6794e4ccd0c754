package dev.rustnet.time;

import java.time.Duration;

/** One-shot and periodic timers whose actions run on the node's loop. Called on the loop, or while a node is built. */
public interface Timers {
    /** Runs {@code action} once, not before {@code delay} has passed; a delay of zero means a later turn. */
    Timer after(Duration delay, Runnable action);

    /**
     * Runs {@code action} each {@code period}, first after one period. A process that was paused runs it once, not once
     * for each period missed.
     *
     * @throws IllegalArgumentException when the period is not positive
     */
    Timer every(Duration period, Runnable action);
}
