package dev.rustnet.core.memory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Hands out chunks of one size and keeps a bounded number of unused ones. Used on the loop only. */
public final class ChunkPool {
    /** Bytes in a chunk, unless a single message needs more. */
    public static final int CHUNK_LENGTH = 128 * 1024;

    private static final int KEPT = 128;

    // State
    private final ArrayDeque<Chunk> unused = new ArrayDeque<>();
    private long bytesInUse;

    /** A chunk with room for at least {@code length} bytes, with one user: the caller. */
    public Chunk take(int length) {
        Chunk chunk = length > CHUNK_LENGTH ? null : unused.pollLast();
        if (chunk == null) {
            chunk = new Chunk(this, ByteBuffer.allocateDirect(Math.max(length, CHUNK_LENGTH)));
        }
        chunk.buffer().clear();
        chunk.retain();
        bytesInUse += chunk.buffer().capacity();
        return chunk;
    }

    /** Bytes of the chunks that are in use now: what is really pinned. */
    public long bytesInUse() {
        return bytesInUse;
    }

    void giveBack(Chunk chunk) {
        bytesInUse -= chunk.buffer().capacity();
        if (chunk.buffer().capacity() == CHUNK_LENGTH && unused.size() < KEPT) {
            unused.addLast(chunk);
        }
    }
}
