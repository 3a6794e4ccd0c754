package dev.rustnet.transport;

import java.nio.ByteBuffer;

/** A path for frames in both directions. Used on the loop's thread only. */
public interface Connection {
    /** Whether this process dialled. */
    boolean outbound();

    /** The other end, {@code host:port}, for a person to read. */
    String remoteAddress();

    /**
     * Sends one frame that consists of the remaining bytes of {@code parts[0 .. count - 1]}. The buffers' positions may
     * move; their content must not change until all has left. To be called only while {@link #idle}.
     *
     * @return whether the whole frame has left; if not, {@link ConnectionHandler#drained} follows when it has, or
     *     {@link ConnectionHandler#closed}
     */
    boolean send(ByteBuffer[] parts, int count);

    /** Whether a frame can be sent now: the connection is open, and nothing of an earlier frame waits. */
    boolean idle();

    /**
     * From the next frame on, one of more than so many bytes ends the connection as a bad frame: until it is known who is at
     * the other end, little memory is at stake. At first, and at most, it is the transport's longest frame. A transport that
     * gathers no frames from pieces may ignore it.
     */
    default void expectAtMost(int bytes) {}

    /** Closes at once; what waits is lost. No event follows. Idempotent. */
    void close();

    /** Closes when all that waits has left, at the latest when {@link Transport#close} is called. No event follows. */
    void closeAfterSending();
}
