package dev.rustnet.core.memory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands out chunks, most of one size, and keeps a bounded amount of unused ones for the next time: direct memory comes
 * back to the operating system only when the collector gets to it. Used on the loop only.
 */
public final class ChunkPool {
    /** Bytes in a chunk, unless a single message needs more. */
    public static final int CHUNK_LENGTH = 128 * 1024;

    /** Larger chunks have whole multiples of so many bytes, so that they can serve again. */
    private static final int GRAIN = 16 * 1024;

    private static final long MOST_UNUSED = 16L << 20;

    // State
    private final TreeMap<Integer, ArrayDeque<Chunk>> unused = new TreeMap<>();
    private final ArrayDeque<Chunk> unusedOfOneSize = new ArrayDeque<>();
    private long bytesInUse;
    private long bytesUnused;

    public ChunkPool() {
        unused.put(CHUNK_LENGTH, unusedOfOneSize);
    }

    /** A chunk with room for at least {@code length} bytes, with one user: the caller. */
    public Chunk take(int length) {
        int capacity = length <= CHUNK_LENGTH ? CHUNK_LENGTH : Math.toIntExact((length + GRAIN - 1L) / GRAIN * GRAIN);
        ArrayDeque<Chunk> kept = capacity == CHUNK_LENGTH ? unusedOfOneSize : unused.get(capacity);
        Chunk chunk = kept == null ? null : kept.pollLast();
        if (chunk == null) {
            makeRoom(capacity);
            chunk = new Chunk(this, ByteBuffer.allocateDirect(capacity));
        } else {
            bytesUnused -= capacity;
        }
        chunk.buffer().clear();
        chunk.retain();
        bytesInUse += capacity;
        return chunk;
    }

    /** Bytes of the chunks that are in use now: what is really pinned. */
    public long bytesInUse() {
        return bytesInUse;
    }

    /** Bytes of the chunks that are kept for the next time. */
    long bytesUnused() {
        return bytesUnused;
    }

    void giveBack(Chunk chunk) {
        int capacity = chunk.buffer().capacity();
        bytesInUse -= capacity;
        if (capacity <= MOST_UNUSED) {
            makeRoom(bytesUnused + capacity - MOST_UNUSED);
            unused.computeIfAbsent(capacity, unusedCapacity -> new ArrayDeque<>())
                    .addLast(chunk);
            bytesUnused += capacity;
        }
    }

    /** Lets go of so many unused bytes, as far as there are: a new size takes the place of those that nobody asks for. */
    private void makeRoom(long wanted) {
        long left = wanted;
        while (left > 0 && bytesUnused > 0) {
            Map.Entry<Integer, ArrayDeque<Chunk>> largest = unused.lastEntry();
            if (largest.getValue().pollLast() == null) {
                unused.remove(largest.getKey());
            } else {
                bytesUnused -= largest.getKey();
                left -= largest.getKey();
            }
        }
    }
}
