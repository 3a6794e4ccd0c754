package dev.rustnet.core.link;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broadcast headers of one node: writes them in front of a message's payload, and reads them back, skipping those it
 * does not know. On the wire: the length of all as a varint, then for each its 16-bit name, its length, its bytes.
 */
public final class Stamps {
    /** The most bytes that all headers of one message take. */
    public static final int MAX_LENGTH = 32 * 1024;

    private static final int PER_HEADER = 5;

    // State
    private final List<BroadcastHeader<?>> headers = new ArrayList<>();
    private short[] names = new short[0];
    private ByteBuffer scratch = ByteBuffer.allocate(0);

    /** Adds a header; while the node is built. @throws IllegalArgumentException for a name that is taken */
    public void add(BroadcastHeader<?> header) {
        short name = WireName.shortOf(header.name());
        for (int i = 0; i < headers.size(); i++) {
            if (names[i] == name) {
                throw new IllegalArgumentException(
                        "the broadcast headers " + headers.get(i).name() + " and " + header.name()
                                + " have the same name on the wire; rename one of them");
            }
        }
        int total = header.maxLength() + PER_HEADER;
        for (BroadcastHeader<?> other : headers) {
            total += other.maxLength() + PER_HEADER;
        }
        if (total > MAX_LENGTH) {
            throw new IllegalArgumentException("the broadcast headers of this node may take " + total
                    + " bytes in each message, but at most " + MAX_LENGTH + " are possible");
        }
        headers.add(header);
        short[] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = name;
        names = more;
        scratch = ByteBuffer.allocate(total);
    }

    /** Whether there are none, so that a message's header part is the one byte 0. */
    public boolean none() {
        return headers.isEmpty();
    }

    /** Asks each header for its value; the result, without its length, is valid until the next call. */
    public ByteBuffer encode(BroadcastHeader.Scope scope) {
        scratch.clear();
        for (int i = 0; i < headers.size(); i++) {
            int start = scratch.position();
            scratch.position(start + PER_HEADER);
            headers.get(i).write(scope, scratch);
            int length = scratch.position() - start - PER_HEADER;
            scratch.putShort(start, names[i]);
            Varint.putThree(scratch, start + 2, length);
        }
        return scratch.flip();
    }

    /**
     * Reads the header part that starts at {@code in}'s position, its length included, and moves behind it. Each known
     * header is shown its bytes.
     *
     * @return the values in the order of {@link #add}, null where a header is missing; null when there are none at all
     * @throws Malformed when the part is not well formed
     */
    public @Nullable Object @Nullable [] decode(BroadcastHeader.Scope scope, ByteBuffer in) {
        int length = Varint.readInt(in, in.remaining());
        int limit = in.limit();
        int end = in.position() + length;
        if (end > limit) {
            throw new Malformed("the headers of a message are cut short");
        }
        @Nullable Object @Nullable [] values = null;
        while (in.position() < end) {
            if (end - in.position() < 3) {
                throw new Malformed("a header is cut short");
            }
            short name = in.getShort();
            int headerEnd = Varint.readInt(in, MAX_LENGTH) + in.position();
            if (headerEnd > end) {
                throw new Malformed("a header is cut short");
            }
            int index = index(name);
            if (index >= 0) {
                if (values == null) {
                    values = new Object[headers.size()];
                }
                values[index] = headers.get(index).read(scope, in.limit(headerEnd));
                in.limit(limit);
            }
            in.position(headerEnd);
        }
        return values;
    }

    /** Moves {@code in} behind the header part without reading it. */
    public static void skip(ByteBuffer in) {
        int length = Varint.readInt(in, in.remaining());
        if (length > in.remaining()) {
            throw new Malformed("the headers of a message are cut short");
        }
        in.position(in.position() + length);
    }

    /** The value of that header among those that {@link #decode} returned; null when it is not there. */
    public <T> @Nullable T value(HeaderKey<T> key, @Nullable Object @Nullable [] values) {
        for (int i = 0; values != null && i < headers.size(); i++) {
            if (headers.get(i).name().equals(key.name())) {
                return key.type().cast(values[i]);
            }
        }
        return null;
    }

    /** The place of that header in what {@link #decode} returns, or -1. */
    public int index(BroadcastHeader<?> header) {
        return headers.indexOf(header);
    }

    private int index(short name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }
}
