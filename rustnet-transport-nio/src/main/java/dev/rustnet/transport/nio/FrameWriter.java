package dev.rustnet.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.Arrays;

/** Writes one frame at a time: its length and its parts, gathered, as far as the channel takes them. */
final class FrameWriter {
    /** What one call of the operating system takes; more buffers need several calls. */
    private static final int MAX_BUFFERS_PER_WRITE = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_PARTS = 16;

    // Injected
    private final int maxFrameLength;

    // State
    private final ByteBuffer prefix = ByteBuffer.allocateDirect(Integer.BYTES);
    private ByteBuffer[] buffers = new ByteBuffer[FIRST_PARTS];
    private int next;
    private int end;

    FrameWriter(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
        Arrays.fill(buffers, NOTHING);
    }

    /**
     * Takes on a frame; to be called only while none is {@link #waiting}.
     *
     * @throws IllegalArgumentException when it is empty or too long
     */
    void load(ByteBuffer[] parts, int count) {
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += parts[i].remaining();
        }
        if (length < 1 || length > maxFrameLength) {
            throw new IllegalArgumentException(
                    "a frame of " + length + " bytes cannot be sent; 1 to " + maxFrameLength + " are allowed");
        }
        if (buffers.length <= count) {
            buffers = new ByteBuffer[Integer.highestOneBit(count) * 2];
            Arrays.fill(buffers, NOTHING);
        }
        buffers[0] = prefix.clear().putInt((int) length).flip();
        System.arraycopy(parts, 0, buffers, 1, count);
        next = 0;
        end = count + 1;
    }

    /** Whether something of a frame has not left yet. */
    boolean waiting() {
        return end > 0;
    }

    /** Writes as much as goes without waiting; returns whether all has left. */
    boolean writeTo(GatheringByteChannel channel) throws IOException {
        while (true) {
            int first = next;
            channel.write(buffers, first, Math.min(end - first, MAX_BUFFERS_PER_WRITE));
            while (next < end && !buffers[next].hasRemaining()) {
                next++;
            }
            if (next == end) {
                clear();
                return true;
            }
            if (next - first < MAX_BUFFERS_PER_WRITE) {
                return false;
            }
        }
    }

    /** Drops what waits, and lets go of its memory. */
    void clear() {
        Arrays.fill(buffers, 0, end, NOTHING);
        end = 0;
    }
}
