package dev.rustnet.transport.nio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers for frames that arrive in pieces. Idle connections hold none; what is given back is kept for the next
 * frame, up to a bound. One thread.
 */
final class BufferPool {
    private static final int MIN_SHIFT = 14;
    private static final int MAX_SHIFT = 30;

    // Injected
    private final long maxKept;

    // State
    private final ArrayDeque<ByteBuffer>[] kept;
    private long keptBytes;
    private long takenBytes;

    /** @param maxKept bytes that may lie here unused */
    @SuppressWarnings({"unchecked", "rawtypes"})
    BufferPool(long maxKept) {
        this.maxKept = maxKept;
        this.kept = new ArrayDeque[MAX_SHIFT - MIN_SHIFT + 1];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new ArrayDeque<>();
        }
    }

    /** An empty buffer with room for at least {@code capacity} bytes. */
    ByteBuffer take(int capacity) {
        int shift = shift(capacity);
        ByteBuffer buffer = shift > MAX_SHIFT ? null : kept[shift - MIN_SHIFT].pollLast();
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(shift > MAX_SHIFT ? capacity : 1 << shift);
        } else {
            keptBytes -= buffer.capacity();
        }
        takenBytes += buffer.capacity();
        return buffer.clear();
    }

    /** Takes back a buffer of {@link #take}, which nobody may use any more. */
    void give(ByteBuffer buffer) {
        takenBytes -= buffer.capacity();
        int shift = shift(buffer.capacity());
        if (shift <= MAX_SHIFT && keptBytes + buffer.capacity() <= maxKept) {
            keptBytes += buffer.capacity();
            kept[shift - MIN_SHIFT].addLast(buffer);
        }
    }

    /** Bytes that lie here unused. */
    long keptBytes() {
        return keptBytes;
    }

    /** Bytes that are in use. */
    long takenBytes() {
        return takenBytes;
    }

    private static int shift(int capacity) {
        return Math.max(MIN_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1));
    }
}
