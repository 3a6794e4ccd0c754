package dev.rustnet.broadcast;

/**
 * Receives the messages of a channel, one at a time. Called on the node's loop, where it must not block; or, when the
 * service's setting {@code deliver-on} is {@code thread}, on a thread for all channels of this service, where it may.
 */
@FunctionalInterface
public interface DeliverHandler {
    /** {@code delivery} is valid until this returns. What is thrown is reported and counted, and the node goes on. */
    void deliver(Delivery delivery);
}
