package dev.rustnet.bench.member;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The messages of one sender, numbered from 0, and their layout: number, sender, the moment of sending in nanoseconds of the
 * machine's monotonic clock, zeros, and at the end, in a checking run, a checksum over all before it. Used by one thread.
 */
final class Messages {
    static final int SENDER_AT = Integer.BYTES;
    static final int SENT_AT = 2 * Integer.BYTES;
    static final int SHORTEST = SENT_AT + Long.BYTES + Integer.BYTES;

    // Injected
    private final int sender;
    private final int length;
    private final boolean checksum;

    // State
    private final byte[] reused;
    private int number;

    Messages(int sender, int length, boolean checksum) {
        if (length < SHORTEST) {
            throw new IllegalArgumentException("a message of the benchmark has at least " + SHORTEST + " bytes");
        }
        this.sender = sender;
        this.length = length;
        this.checksum = checksum;
        this.reused = new byte[length];
    }

    int length() {
        return length;
    }

    /** The next one in an array that the call after this one writes to again. */
    byte[] peek() {
        return write(reused);
    }

    /** The message of {@link #peek} was taken. */
    void taken() {
        number++;
    }

    /** The next one in an array of its own. */
    byte[] next() {
        byte[] message = write(new byte[length]);
        number++;
        return message;
    }

    private byte[] write(byte[] message) {
        ByteBuffer.wrap(message).putInt(0, number).putInt(SENDER_AT, sender).putLong(SENT_AT, System.nanoTime());
        if (checksum) {
            ByteBuffer.wrap(message).putInt(length - Integer.BYTES, checksum(message));
        }
        return message;
    }

    static int checksum(byte[] message) {
        var crc = new CRC32C();
        crc.update(message, 0, message.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
