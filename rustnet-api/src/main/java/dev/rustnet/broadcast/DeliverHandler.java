package dev.rustnet.broadcast;

/** Receives the messages of a channel. Called on the node's loop, one at a time; must not block. */
@FunctionalInterface
public interface DeliverHandler {
    /** {@code delivery} is valid until this returns. What is thrown is reported and counted, and the node goes on. */
    void deliver(Delivery delivery);
}
