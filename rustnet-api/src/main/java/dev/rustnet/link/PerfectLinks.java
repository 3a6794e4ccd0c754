package dev.rustnet.link;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Perfect point-to-point links of one component (CGR 2.4.4, module 2.3): reliable delivery (PL1), no duplication (PL2),
 * no creation (PL3), and the messages of one sender arrive in the order in which they were sent. It holds between two
 * incarnations until the membership removes one of them, across any number of lost connections.
 *
 * <p>Source: sequence numbers, cumulative acknowledgements and retransmission over fair-loss links, a bounded form of
 * CGR algorithm 2.2. One message per send, acknowledgements once per turn of the receiver.
 *
 * <p>All methods are called on the loop, or while the node is built.
 */
public interface PerfectLinks {
    /** Calls {@code handler} for each message that arrives for this component. At most one handler. */
    void onReceive(MessageHandler handler);

    /**
     * Sends the remaining bytes of {@code message} (copied) to {@code to}. Sending to the own process arrives in a
     * later turn. To a process that has not joined yet the message waits for it.
     *
     * @return false, and nothing was sent, when the window of the link is full; see {@link #onWindowOpen}
     * @throws IllegalArgumentException when {@code to} is not a member, was removed, or the message is longer than the
     *     node's {@code max-message-size}
     */
    boolean trySend(ProcessId to, ByteBuffer message);

    /**
     * The value of a broadcast header of the message that the handler is being called with; null when this node does not
     * know that header or the sender did not set it, and outside the handler.
     */
    <T> @Nullable T header(HeaderKey<T> key);

    /** Calls {@code action} once, on the loop, when a {@link #trySend} that failed may succeed. */
    void onWindowOpen(Runnable action);
}
