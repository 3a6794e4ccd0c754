package dev.rustnet.plugins.workload;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A payload that proves to have arrived whole: number, time of sending, checksum over all the rest, filler. One buffer to
 * write into and one to read from, both used again for each message.
 */
final class WorkloadPayload {
    /** The shortest payload, in bytes. */
    static final int MIN_LENGTH = 20;

    private static final int CHECKSUM_AT = 16;

    // State
    private final byte[] outgoing;
    private final ByteBuffer outgoingView;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer incoming = ByteBuffer.allocate(MIN_LENGTH);

    WorkloadPayload(int length) {
        outgoing = new byte[length];
        for (int i = MIN_LENGTH; i < length; i++) {
            outgoing[i] = (byte) i;
        }
        outgoingView = ByteBuffer.wrap(outgoing);
    }

    /** The payload of that number, valid until the next call. */
    byte[] encode(long seq, long sentNanos) {
        outgoingView.putLong(0, seq).putLong(8, sentNanos);
        outgoingView.putInt(CHECKSUM_AT, checksum(outgoing, outgoing.length));
        return outgoing;
    }

    /** An empty buffer of at least that length, to copy a payload into before {@link #verify}. */
    ByteBuffer incoming(int length) {
        if (incoming.capacity() < length) {
            incoming = ByteBuffer.allocate(length);
        }
        return incoming.clear();
    }

    /** Whether what was copied into {@link #incoming} is a payload as {@link #encode} made it. */
    boolean verify() {
        int length = incoming.position();
        return length >= MIN_LENGTH && incoming.getInt(CHECKSUM_AT) == checksum(incoming.array(), length);
    }

    /** The number in the payload verified. */
    long seq() {
        return incoming.getLong(0);
    }

    /** When the payload verified was sent, by its source's clock. */
    long sentNanos() {
        return incoming.getLong(8);
    }

    private int checksum(byte[] bytes, int length) {
        checksum.reset();
        checksum.update(bytes, 0, CHECKSUM_AT);
        checksum.update(bytes, MIN_LENGTH, length - MIN_LENGTH);
        return (int) checksum.getValue();
    }
}
