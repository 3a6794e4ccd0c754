package dev.rustnet.time;

/** A timer that was set. */
@FunctionalInterface
public interface Timer {
    /** The action does not run any more. Idempotent; called on the loop. */
    void cancel();
}
