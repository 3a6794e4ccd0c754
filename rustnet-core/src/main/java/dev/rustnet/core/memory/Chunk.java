package dev.rustnet.core.memory;

import java.nio.ByteBuffer;

/**
 * A piece of direct memory that messages are encoded into, shared by everybody who sends or retains them. Counted: it
 * goes back to its pool when the last user releases it. Used on the loop only.
 */
public final class Chunk {
    // Injected
    private final ChunkPool pool;
    private final ByteBuffer buffer;

    // State
    private int users;

    Chunk(ChunkPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    /** The memory; users take care of position and limit themselves, or use {@link #view}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** A buffer of its own over {@code length} bytes from {@code offset}. */
    public ByteBuffer view(int offset, int length) {
        return buffer.duplicate().limit(offset + length).position(offset);
    }

    public void retain() {
        users++;
    }

    public void release() {
        users--;
        if (users == 0) {
            pool.giveBack(this);
        } else if (users < 0) {
            throw new IllegalStateException("a chunk was released more often than retained");
        }
    }

    /** Whether the caller's own use is the only one. */
    public boolean usedOnce() {
        return users == 1;
    }
}
