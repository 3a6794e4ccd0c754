package dev.rustnet.core.link;

import dev.rustnet.core.memory.Chunk;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way out: a head of its own (batch header, state, block headers) and slices of shared chunks, which it
 * keeps pinned until it has left. One for each link, reused, with a head while it is on its way.
 *
 * <p>A block on the wire: log (32 bits), view, source, first number, number of messages, their bytes (all varints), then
 * the messages, each behind its length.
 */
public final class Batch {
    private static final int BLOCK_HEADER_LENGTH = 4 + 5 * Varint.MAX_LENGTH;
    private static final int MAX_BLOCKS = 256;

    /** Data bytes after which a batch takes no further message; a single longer one still fits. */
    public static final int DATA_LENGTH = 256 * 1024;

    private static final int FIRST_DATA_LENGTH = 16 * 1024;

    // Injected
    private final BatchHeads heads;

    // State
    private @Nullable ByteBuffer taken;
    private ByteBuffer[] parts = new ByteBuffer[16];
    private Chunk[] pins = new Chunk[16];
    private int partCount;
    private int pinCount;
    private int headStart;
    private int dataLength;
    private int dataLimit = FIRST_DATA_LENGTH;
    private int blocks;

    Batch(BatchHeads heads) {
        this.heads = heads;
    }

    /**
     * A new connection: batches start small and double, because only a whole one counts. A network that cuts every
     * connection early then lets something through all the same.
     */
    void startSmall() {
        dataLimit = FIRST_DATA_LENGTH;
    }

    ByteBuffer begin() {
        release();
        ByteBuffer head = heads.take();
        taken = head;
        headStart = 0;
        dataLength = 0;
        blocks = 0;
        return head;
    }

    /** Whether one more block can be added. */
    public boolean hasRoom() {
        return dataLength < dataLimit && blocks < MAX_BLOCKS && head().remaining() >= BLOCK_HEADER_LENGTH;
    }

    /**
     * Adds messages of {@code log} from {@code from} on, as many as fit, up to {@code to}; at least one.
     *
     * @return the number of the last message added
     */
    public long add(int logName, long view, int source, MessageLog log, long from, long to) {
        ByteBuffer head = head();
        long last = from;
        int length = log.length(from);
        while (last < to && dataLength + length < dataLimit) {
            last++;
            length += log.length(last);
        }
        head.putInt(logName);
        Varint.write(head, view);
        Varint.write(head, source);
        Varint.write(head, from);
        Varint.write(head, last - from + 1);
        Varint.write(head, length);
        endHeadPart();
        addSlices(log, from, last);
        dataLength += length;
        blocks++;
        return last;
    }

    private void addSlices(MessageLog log, long from, long last) {
        Chunk chunk = log.chunk(from);
        int start = log.offset(from);
        int end = start + log.length(from);
        for (long k = from + 1; k <= last; k++) {
            Chunk following = log.chunk(k);
            int offset = log.offset(k);
            if (following != chunk || offset != end) {
                addSlice(chunk, start, end);
                chunk = following;
                start = offset;
                end = offset;
            }
            end += log.length(k);
        }
        addSlice(chunk, start, end);
    }

    private void addSlice(Chunk chunk, int start, int end) {
        addPart(chunk.view(start, end - start));
        chunk.retain();
        if (pinCount == pins.length) {
            pins = Arrays.copyOf(pins, pinCount * 2);
        }
        pins[pinCount++] = chunk;
    }

    private ByteBuffer head() {
        return Objects.requireNonNull(taken, "a batch begins first");
    }

    private void endHeadPart() {
        ByteBuffer head = head();
        if (head.position() > headStart) {
            addPart(head.duplicate().limit(head.position()).position(headStart));
            headStart = head.position();
        }
    }

    private void addPart(ByteBuffer part) {
        if (partCount == parts.length) {
            parts = Arrays.copyOf(parts, partCount * 2);
        }
        parts[partCount++] = part;
    }

    void end() {
        endHeadPart();
        if (dataLength >= dataLimit / 2) {
            dataLimit = Math.min(dataLimit * 2, DATA_LENGTH);
        }
    }

    ByteBuffer[] parts() {
        return parts;
    }

    int partCount() {
        return partCount;
    }

    boolean carriesData() {
        return blocks > 0;
    }

    /** Lets go of its memory; the batch has left, has nothing to say, or its connection has ended. */
    @SuppressWarnings("NullAway") // beyond the counts the arrays hold nothing
    void release() {
        if (taken != null) {
            heads.giveBack(taken);
            taken = null;
        }
        for (int i = 0; i < pinCount; i++) {
            pins[i].release();
            pins[i] = null;
        }
        Arrays.fill(parts, 0, partCount, null);
        pinCount = 0;
        partCount = 0;
    }
}
