package dev.rustnet.broadcast;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A delivered message, valid until the handler returns: every later access throws {@link IllegalStateException}. What
 * {@link #copy}, {@link #text} and {@link #id} return is the handler's to keep. Used by the thread that calls the
 * handler.
 */
public interface Delivery {
    /** The process that broadcast the message, with its incarnation. */
    ProcessId source();

    /** The message's number among those of its source in this broadcast service, from 1. */
    long number();

    /** Source and number as one value. */
    MessageId id();

    /** Length of the payload in bytes. */
    int size();

    /** The payload's byte at {@code index}, 0 to {@code size() - 1}. */
    byte byteAt(int index);

    /** Copies the payload into {@code target} at its position, which moves on. */
    void copyTo(ByteBuffer target);

    /** A copy of the payload. */
    byte[] copy();

    /** The payload as UTF-8 text. */
    String text();

    /** The value of a broadcast header of this message; null when its source did not set it. */
    <T> @Nullable T header(BroadcastHeader<T> header);

    /** The value of the broadcast header of that name; null when this node does not know it or its source did not set it. */
    <T> @Nullable T header(HeaderKey<T> key);
}
