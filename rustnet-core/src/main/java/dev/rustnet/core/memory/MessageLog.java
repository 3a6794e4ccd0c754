package dev.rustnet.core.memory;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbered messages, encoded once into shared chunks: appended at one end, forgotten at the other. Each entry is the
 * message's length as a varint and the message, contiguous in one chunk; entries that follow one another mostly lie
 * next to each other, so that many go out as one slice. No allocation per message in the steady state.
 */
public final class MessageLog {
    private static final int INITIAL_ENTRIES = 64;
    private static final int LENGTH_PREFIX = 5;
    /** Of a log without messages, as there are many in a large group. */
    private static final Chunk[] NO_CHUNKS = {};

    private static final int[] NO_NUMBERS = {};

    // Injected
    private final ChunkPool pool;

    // State: entry of number k at index k & (chunks.length - 1)
    private Chunk[] chunks = NO_CHUNKS;
    private int[] offsets = NO_NUMBERS;
    private int[] lengths = NO_NUMBERS;
    private long first = 1;
    private long next = 1;
    private long bytes;
    private long pinned;
    private long unpinned;
    private @Nullable Chunk open;
    private int openEntry;

    public MessageLog(ChunkPool pool) {
        this(pool, 0, 0);
    }

    /**
     * A log whose first message has the number after {@code last}, and whose {@link #pinnedSoFar} goes on from that of the
     * messages before.
     */
    public MessageLog(ChunkPool pool, long last, long pinnedSoFar) {
        this.pool = pool;
        first = last + 1;
        next = last + 1;
        pinned = pinnedSoFar;
        unpinned = pinnedSoFar;
    }

    /** The lowest number retained; {@code last() + 1} when there is none. */
    public long first() {
        return first;
    }

    /** The highest number appended; 0 when there was none. */
    public long last() {
        return next - 1;
    }

    /** Bytes of the entries retained. */
    public long bytes() {
        return bytes;
    }

    /**
     * Bytes of memory that all messages so far have taken up, forgotten ones included: their entries, and what was left of a
     * chunk that the next one did not fit into.
     */
    public long pinnedSoFar() {
        return pinned;
    }

    /** The same of the messages retained. */
    public long pinned() {
        return pinned - unpinned;
    }

    /** Begins a message of that length; write exactly so many bytes to what is returned, then {@link #commit}. */
    public ByteBuffer begin(int length) {
        Chunk chunk = room(length + LENGTH_PREFIX);
        ByteBuffer buffer = chunk.buffer();
        buffer.limit(buffer.capacity());
        openEntry = buffer.position();
        Varint.write(buffer, length);
        buffer.limit(buffer.position() + length);
        return buffer;
    }

    /** Ends the message begun; returns its number. */
    public long commit() {
        Chunk chunk = Objects.requireNonNull(open);
        ByteBuffer buffer = chunk.buffer();
        if (buffer.hasRemaining()) {
            throw new IllegalStateException(buffer.remaining() + " bytes of a message were not written");
        }
        buffer.limit(buffer.capacity());
        return add(chunk, openEntry, buffer.position() - openEntry);
    }

    /**
     * Appends {@code count} entries as they stand in {@code in}, after leaving out the first {@code skip} of them.
     *
     * @throws Malformed when they are not entries, or one is longer than {@code maxLength}; entries before it stay
     */
    public void appendRun(ByteBuffer in, int count, int skip, int maxLength) {
        int left = count;
        for (int i = 0; i < skip; i++, left--) {
            in.position(entryEnd(in, in.position(), maxLength));
        }
        while (left > 0) {
            left -= appendSome(in, left, maxLength);
        }
    }

    /** Appends at least one entry and as many more as fit into the same chunk. */
    private int appendSome(ByteBuffer in, int count, int maxLength) {
        int start = in.position();
        int end = entryEnd(in, start, maxLength);
        Chunk chunk = room(end - start);
        ByteBuffer buffer = chunk.buffer().limit(chunk.buffer().capacity());
        int shift = buffer.position() - start;
        int space = buffer.remaining();
        int copied = 0;
        int from = start;
        while (true) {
            add(chunk, from + shift, end - from);
            copied++;
            from = end;
            if (copied == count) {
                break;
            }
            int following;
            try {
                following = entryEnd(in, end, maxLength);
            } catch (Malformed e) {
                break; // what stands before it counts; the next call finds it again and reports it
            }
            if (following - start > space) {
                break;
            }
            end = following;
        }
        buffer.put(buffer.position(), in, start, from - start);
        buffer.position(buffer.position() + from - start);
        in.position(from);
        return copied;
    }

    private static int entryEnd(ByteBuffer in, int at, int maxLength) {
        int position = in.position();
        in.position(at);
        int length = Varint.readInt(in, maxLength);
        int end = in.position() + length;
        in.position(position);
        if (end > in.limit()) {
            throw new Malformed("a message is cut short");
        }
        return end;
    }

    private Chunk room(int length) {
        Chunk chunk = open;
        if (chunk != null) {
            if (chunk.usedOnce()) {
                chunk.buffer().clear(); // nothing in it is retained or on its way any more
            }
            if (chunk.buffer().capacity() - chunk.buffer().position() >= length) {
                return chunk;
            }
            if (first < next) {
                pinned += chunk.buffer().capacity() - chunk.buffer().position();
            }
            chunk.release();
        }
        chunk = pool.take(length);
        open = chunk;
        return chunk;
    }

    private long add(Chunk chunk, int offset, int length) {
        if (next - first == chunks.length) {
            grow();
        }
        int index = index(next);
        chunk.retain();
        chunks[index] = chunk;
        offsets[index] = offset;
        lengths[index] = length;
        bytes += length;
        pinned += length;
        return next++;
    }

    private void grow() {
        int more = Math.max(INITIAL_ENTRIES, chunks.length * 2);
        Chunk[] moreChunks = new Chunk[more];
        int[] moreOffsets = new int[more];
        int[] moreLengths = new int[more];
        for (long k = first; k < next; k++) {
            int from = index(k);
            int to = (int) (k & (moreChunks.length - 1));
            moreChunks[to] = chunks[from];
            moreOffsets[to] = offsets[from];
            moreLengths[to] = lengths[from];
        }
        chunks = moreChunks;
        offsets = moreOffsets;
        lengths = moreLengths;
    }

    private int index(long number) {
        return (int) (number & (chunks.length - 1));
    }

    /** The chunk that holds the retained message {@code number}. */
    public Chunk chunk(long number) {
        check(number);
        return chunks[index(number)];
    }

    /** Where its entry, which starts with its length, starts in the chunk. */
    public int offset(long number) {
        return offsets[index(number)];
    }

    /** The entry's length in bytes, its length prefix included. */
    public int length(long number) {
        return lengths[index(number)];
    }

    private void check(long number) {
        if (number < first || number >= next) {
            throw new IllegalStateException(
                    "message " + number + " is not retained; " + first + " to " + (next - 1) + " are");
        }
    }

    /** Forgets all messages up to {@code number}. */
    @SuppressWarnings("NullAway") // an index that is not between first and next holds nothing
    public void forget(long number) {
        for (; first <= number && first < next; first++) {
            int index = index(first);
            bytes -= lengths[index];
            unpinned += lengths[index];
            if (first + 1 < next && chunks[index(first + 1)] != chunks[index]) {
                unpinned += chunks[index].buffer().capacity() - offsets[index] - lengths[index];
            }
            chunks[index].release();
            chunks[index] = null;
        }
        if (first == next && open != null && open.usedOnce()) {
            open.release();
            open = null;
        }
    }

    /** Forgets everything and gives the memory back. Numbers go on. */
    public void close() {
        forget(last());
        if (open != null) {
            open.release();
            open = null;
        }
    }
}
