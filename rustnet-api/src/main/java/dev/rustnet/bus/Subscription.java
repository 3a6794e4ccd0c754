package dev.rustnet.bus;

/** A registration that can be taken back. */
@FunctionalInterface
public interface Subscription {
    /** Ends the registration; nothing is called for it afterwards. Idempotent; called on the loop. */
    void cancel();
}
