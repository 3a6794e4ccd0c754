package dev.rustnet.broadcast;

import dev.rustnet.group.View;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One user's share of a broadcast service. */
public interface Channel {
    String name();

    /**
     * Calls {@code handler} for each message delivered on this channel, the own messages included.
     * One handler; a later call replaces it. Any thread; best done before the node starts, because what is delivered
     * without a handler is counted as {@code no-listener} and gone.
     */
    Channel onDeliver(DeliverHandler handler);

    /**
     * Calls {@code handler} for each view, where deliveries are handled and in their order: after the last message of the
     * view before, and before the first of this one. A view that is in force already is told in a later
     * turn of the loop. One handler; a later call replaces it. Any thread.
     */
    Channel onView(Consumer<View> handler);

    /**
     * Broadcasts the payload (copied) and returns its id. On an application thread it waits while the window is full. On the
     * node's loop it never waits.
     *
     * @param payload 0 bytes up to the node's {@code max-message-size}
     * @throws WindowFullException on the loop and in a handler of the same service, when the window is full: use
     *     {@link #tryBroadcast} with {@link #onWindowOpen} there
     * @throws IllegalArgumentException when the payload is too long; nothing is lost
     * @throws IllegalStateException when the node has stopped, also while this waits; or when the thread is interrupted
     *     while this waits, whose interrupt flag stays set. The message is not broadcast then
     */
    MessageId broadcast(byte[] payload);

    /** Broadcasts the text as UTF-8. */
    default MessageId broadcast(String text) {
        return broadcast(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Broadcasts, waits and throws as {@link #broadcast(byte[])} does, and lets the caller follow the message. */
    Tracked broadcastTracked(byte[] payload);

    /**
     * Like {@link #broadcast(byte[])}, but returns false instead of waiting or throwing when the window is full; then it is
     * not broadcast. Any thread.
     */
    boolean tryBroadcast(byte[] payload);

    /** Calls {@code action} once, on the loop, when a {@link #tryBroadcast} that failed may succeed. Any thread. */
    void onWindowOpen(Runnable action);

    /** This channel with payloads of a registered type; see {@link Broadcast#channel(String, Class)}. */
    <T> TypedChannel<T> typed(Class<T> type);
}
