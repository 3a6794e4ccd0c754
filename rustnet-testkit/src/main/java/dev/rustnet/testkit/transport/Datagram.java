package dev.rustnet.testkit.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a datagram: a mark, its kind, the number of the connection; and of a piece of a frame also the number of the
 * frame, its length, and where in it the piece stands.
 */
record Datagram(byte kind, long id, int frame, int length, int offset) {
    static final byte DIAL = 1;
    static final byte ACCEPTED = 2;
    static final byte DATA = 3;
    static final byte CLOSED = 4;
    static final byte RESET = 5;

    /** The longest piece of a frame. */
    static final int PIECE = 32 * 1024;

    private static final int MARK = 0x52_4e_44_47;
    private static final int HEAD = Integer.BYTES + 1 + Long.BYTES;
    private static final int DATA_HEAD = HEAD + 3 * Integer.BYTES;
    static final int MAX_LENGTH = DATA_HEAD + PIECE;

    static ByteBuffer of(byte kind, long id) {
        return ByteBuffer.allocate(HEAD).putInt(MARK).put(kind).putLong(id).flip();
    }

    static ByteBuffer piece(long id, int frame, byte[] bytes, int offset) {
        int length = Math.min(PIECE, bytes.length - offset);
        return ByteBuffer.allocate(DATA_HEAD + length)
                .putInt(MARK)
                .put(DATA)
                .putLong(id)
                .putInt(frame)
                .putInt(bytes.length)
                .putInt(offset)
                .put(bytes, offset, length)
                .flip();
    }

    /** Reads the head; what remains is the piece. Null when it is none of ours. */
    static @Nullable Datagram read(ByteBuffer in) {
        if (in.remaining() < HEAD || in.getInt() != MARK) {
            return null;
        }
        byte kind = in.get();
        long id = in.getLong();
        if (kind != DATA) {
            return kind < DIAL || kind > RESET ? null : new Datagram(kind, id, 0, 0, 0);
        }
        if (in.remaining() < DATA_HEAD - HEAD) {
            return null;
        }
        var head = new Datagram(kind, id, in.getInt(), in.getInt(), in.getInt());
        boolean sound = head.length > 0
                && head.offset >= 0
                && head.offset % PIECE == 0
                && in.remaining() == Math.min(PIECE, head.length - head.offset);
        return sound ? head : null;
    }
}
