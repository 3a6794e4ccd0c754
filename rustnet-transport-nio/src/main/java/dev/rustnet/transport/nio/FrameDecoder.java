package dev.rustnet.transport.nio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in one connection's bytes: 4 bytes of length, big-endian, then so many bytes. A frame that lies in one
 * piece in what was read is handed out where it lies; only one that arrives in pieces is put together in a buffer of its
 * own, which grows with what has really arrived: a length that is only claimed takes no memory.
 */
final class FrameDecoder {
    private static final int HEADER_LENGTH = Integer.BYTES;
    private static final int FIRST_CAPACITY = 16 * 1024;
    private static final int GROWTH = 4;

    // Injected
    private final int maxFrameLength;
    private final BufferPool pool;

    // State
    private int longest;
    private int header;
    private int headerBytes;
    /** Of the frame whose header has been read; 0 while there is none. */
    private int length;
    /** The first bytes of an unfinished frame, up to its position; its limit is never beyond the frame's end. */
    private @Nullable ByteBuffer gathered;
    /** The gathered frame that was handed out last. */
    private @Nullable ByteBuffer handedOut;

    private @Nullable String problem;

    FrameDecoder(int maxFrameLength, BufferPool pool) {
        this.maxFrameLength = maxFrameLength;
        this.pool = pool;
        longest = maxFrameLength;
    }

    /** From the next header on. */
    void expectAtMost(int bytes) {
        longest = Math.min(bytes, maxFrameLength);
    }

    /**
     * Where to read to before all else, so that the rest of an unfinished frame needs no copying; null when no frame is
     * unfinished.
     */
    @Nullable
    ByteBuffer target() {
        return gathered == null ? null : withRoom(gathered);
    }

    /**
     * The next frame, valid until the next call, or null when all of {@code input} has been taken in, or when
     * {@link #problem} tells that what follows is no frame.
     *
     * @param view a second view of the memory of {@code input}
     */
    @Nullable
    ByteBuffer next(ByteBuffer input, ByteBuffer view) {
        giveBack();
        if (problem != null) {
            return null;
        }
        if (gathered == null) {
            if (length == 0 && !readHeader(input)) {
                return null;
            }
            if (input.remaining() >= length) {
                int start = input.position();
                int end = start + length;
                input.position(end);
                length = 0;
                return view.limit(end).position(start);
            }
            if (!input.hasRemaining()) {
                return null;
            }
            gathered = take(Math.min(length, Math.max(FIRST_CAPACITY, input.remaining())));
        }
        return gathered == null ? null : gather(gathered, input);
    }

    /** What is wrong with what was received, or null. Nothing can be decoded any more after that. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Whether the bytes so far end within a frame. */
    boolean withinFrame() {
        return length > 0 || headerBytes > 0;
    }

    /** Gives back all memory. No call may follow. */
    void release() {
        giveBack();
        if (gathered != null) {
            pool.give(gathered);
            gathered = null;
        }
    }

    private boolean readHeader(ByteBuffer input) {
        if (headerBytes == 0 && input.remaining() >= HEADER_LENGTH) {
            length = input.getInt();
        } else {
            while (headerBytes < HEADER_LENGTH) {
                if (!input.hasRemaining()) {
                    return false;
                }
                header = (header << Byte.SIZE) | (input.get() & 0xff);
                headerBytes++;
            }
            length = header;
            headerBytes = 0;
        }
        if (length <= 0 || length > longest) {
            problem = "what arrived is not a frame: its length would be " + length + ", and 1 to " + longest
                    + " are allowed";
            return false;
        }
        return true;
    }

    private @Nullable ByteBuffer gather(ByteBuffer unfinished, ByteBuffer input) {
        ByteBuffer into = unfinished;
        while (into.position() < length && input.hasRemaining()) {
            into = withRoom(into);
            if (into == null) {
                return null;
            }
            int count = Math.min(into.remaining(), input.remaining());
            into.put(into.position(), input, input.position(), count);
            into.position(into.position() + count);
            input.position(input.position() + count);
        }
        if (into.position() < length) {
            return null;
        }
        length = 0;
        gathered = null;
        handedOut = into;
        return into.flip();
    }

    private @Nullable ByteBuffer withRoom(ByteBuffer full) {
        if (full.hasRemaining() || full.position() == length) {
            return full;
        }
        ByteBuffer larger = take((int) Math.min(length, (long) GROWTH * full.capacity()));
        if (larger != null) {
            larger.put(full.flip());
        }
        pool.give(full);
        gathered = larger;
        return larger;
    }

    private @Nullable ByteBuffer take(int capacity) {
        try {
            ByteBuffer buffer = pool.take(capacity);
            return buffer.limit(Math.min(buffer.capacity(), length));
        } catch (OutOfMemoryError e) {
            problem = "there is no memory for a frame of " + length + " bytes";
            return null;
        }
    }

    private void giveBack() {
        if (handedOut != null) {
            pool.give(handedOut);
            handedOut = null;
        }
    }
}
