package dev.rustnet.broadcast;

import java.nio.ByteBuffer;

/** Numbers in headers and prefixes, in groups of seven bits, lowest first: one byte below 128, nine at most. */
public final class HeaderNumbers {
    /** The most bytes that a number takes. */
    public static final int MAX_LENGTH = 9;

    private static final int BITS = 7;
    private static final int MORE = 0x80;

    private HeaderNumbers() {}

    /** @throws IllegalArgumentException when {@code value} is negative */
    public static void write(ByteBuffer out, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a number of a header is not negative: " + value);
        }
        long rest = value;
        for (; rest >= MORE; rest >>>= BITS) {
            out.put((byte) (rest | MORE));
        }
        out.put((byte) rest);
    }

    /** @throws IllegalArgumentException when the number is cut short or too long */
    public static long read(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < MAX_LENGTH && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (next & (MORE - 1L)) << (BITS * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of a header is cut short or too long");
    }

    /** @throws IllegalArgumentException when it is not a number from 0 to {@code max} */
    public static int read(ByteBuffer in, int max) {
        long value = read(in);
        if (value > max) {
            throw new IllegalArgumentException("a number of a header is " + value + ", more than " + max);
        }
        return (int) value;
    }
}
