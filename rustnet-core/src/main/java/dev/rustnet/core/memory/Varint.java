package dev.rustnet.core.memory;

import java.nio.ByteBuffer;

/** Unsigned numbers in groups of seven bits, lowest first (LEB128). */
public final class Varint {
    /** The most bytes that a number takes. */
    public static final int MAX_LENGTH = 9;

    private Varint() {}

    /** Writes {@code value}, which is not negative: 1 byte below 128, 9 bytes at most. */
    public static void write(ByteBuffer out, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
        long rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** The bytes that {@link #write} needs. */
    public static int length(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    /** Writes {@code value}, below 2^21, in exactly three bytes at {@code index}: for a length known only afterwards. */
    public static void putThree(ByteBuffer out, int index, int value) {
        out.put(index, (byte) ((value & 0x7F) | 0x80));
        out.put(index + 1, (byte) (((value >>> 7) & 0x7F) | 0x80));
        out.put(index + 2, (byte) (value >>> 14));
    }

    /** The bytes of the number that starts at {@code index}. */
    public static int lengthAt(ByteBuffer in, int index) {
        int length = 1;
        while (in.get(index + length - 1) < 0) {
            length++;
        }
        return length;
    }

    /** Reads a number. @throws Malformed when it is cut short or too long */
    public static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (!in.hasRemaining()) {
                throw new Malformed("a number is cut short");
            }
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed("a number is too long");
    }

    /** Reads a number from 0 to {@code max}. @throws Malformed when it is not one */
    public static int readInt(ByteBuffer in, int max) {
        long value = read(in);
        if (value > max) {
            throw new Malformed("a number is " + value + ", but at most " + max + " is possible");
        }
        return (int) value;
    }
}
