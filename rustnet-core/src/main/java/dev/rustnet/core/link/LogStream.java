package dev.rustnet.core.link;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/**
 * Numbered messages that travel over the links as blocks: point-to-point messages, or the messages of a broadcast log.
 * Its acknowledgements travel as a link header. Peers are named by their rank in the group. Called on the loop.
 */
public interface LogStream {
    /** What stands for the stream in a block. */
    int wireName();

    /** Adds to {@code batch} what the peer lacks and has not been sent on this connection; returns whether more is left. */
    boolean fill(int rank, Batch batch);

    /** What was sent to the peer may be lost: send all again that it has not acknowledged. */
    void rewind(int rank);

    /** Whether something was sent to the peer, is not acknowledged, and nothing has been since the last such call. */
    boolean stalled(int rank);

    /** Whether the peer has acknowledged all there is for it. */
    boolean settled(int rank);

    /** Whether there is something for the peer, from whatever source, for which a connection is worth while. */
    default boolean owes(int rank) {
        return !settled(rank);
    }

    /**
     * A block has arrived. {@code messages} holds {@code count} entries, each behind its length; numbers are not checked.
     *
     * @return whether it brought anything new
     * @throws dev.rustnet.core.memory.Malformed when the block cannot be
     */
    boolean receive(int rank, ProcessId from, long view, int source, long first, int count, ByteBuffer messages);
}
