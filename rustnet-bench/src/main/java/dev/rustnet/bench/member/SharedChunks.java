package dev.rustnet.bench.member;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Frames encoded once into direct chunks that all sockets share: each socket is only a position in them. A chunk is used
 * again when all sockets have passed it. Only full chunks leave.
 */
final class SharedChunks {
    private static final int CHUNK_BYTES = 128 * 1024;
    private static final int CHUNKS = 64;

    // Injected
    private final byte[] payload;

    // State
    private final ByteBuffer[] encoded = new ByteBuffer[CHUNKS];
    private final ByteBuffer[][] views;
    private final long[] left;
    private long filled;

    SharedChunks(int sockets, int payloadBytes) {
        this.payload = new byte[payloadBytes];
        this.views = new ByteBuffer[sockets][CHUNKS];
        this.left = new long[sockets];
        int bytes = Math.max(CHUNK_BYTES, payloadBytes + Integer.BYTES);
        for (int i = 0; i < CHUNKS; i++) {
            encoded[i] = ByteBuffer.allocateDirect(bytes);
            for (ByteBuffer[] view : views) {
                view[i] = encoded[i].duplicate();
            }
        }
    }

    /** Fills all free chunks with messages; returns how many. */
    int fill() {
        long slowest = filled;
        for (long position : left) {
            slowest = Math.min(slowest, position);
        }
        int messages = 0;
        for (; filled - slowest < CHUNKS; filled++) {
            int slot = (int) (filled % CHUNKS);
            ByteBuffer chunk = encoded[slot].clear();
            while (chunk.remaining() >= Integer.BYTES + payload.length) {
                chunk.putInt(payload.length).put(payload);
                messages++;
            }
            for (ByteBuffer[] view : views) {
                view[slot].position(0).limit(chunk.position());
            }
        }
        return messages;
    }

    /** The next chunk for a socket, to be followed by {@link #pass} when it has left; null when there is none. */
    @Nullable
    ByteBuffer next(int socket) {
        return left[socket] < filled ? views[socket][(int) (left[socket] % CHUNKS)] : null;
    }

    void pass(int socket) {
        left[socket]++;
    }

    /** Writes what the socket takes; returns whether nothing is left for it. */
    boolean writeTo(SocketChannel channel, int socket) throws IOException {
        while (left[socket] < filled) {
            int first = (int) (left[socket] % CHUNKS);
            int count = (int) Math.min(filled - left[socket], CHUNKS - first);
            channel.write(views[socket], first, count);
            int passed = 0;
            while (passed < count && !views[socket][first + passed].hasRemaining()) {
                passed++;
            }
            left[socket] += passed;
            if (passed < count) {
                return false;
            }
        }
        return true;
    }
}
