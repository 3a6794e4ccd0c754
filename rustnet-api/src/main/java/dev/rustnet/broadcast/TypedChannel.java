package dev.rustnet.broadcast;

/**
 * A channel whose payloads are values of one registered type.
 *
 * @param <T> the type of the payloads
 */
public interface TypedChannel<T> {
    /**
     * Calls {@code handler} with each value delivered, on the node's loop. A payload that cannot be decoded is counted,
     * reported, and counts as delivered for numbering.
     */
    TypedChannel<T> onDeliver(Handler<? super T> handler);

    /** Encodes and broadcasts {@code value}; waits and throws as {@link Channel#broadcast(byte[])} does. */
    MessageId broadcast(T value);

    /** Encodes and broadcasts {@code value}; returns false, and does not broadcast, when the window is full. */
    boolean tryBroadcast(T value);

    /** Calls {@code action} once, on the loop, when a {@link #tryBroadcast} that failed may succeed. Any thread. */
    void onWindowOpen(Runnable action);

    /** Receives decoded values. */
    @FunctionalInterface
    interface Handler<T> {
        /** {@code value} is the handler's to keep; {@code delivery} is valid until this returns. */
        void deliver(T value, Delivery delivery);
    }
}
