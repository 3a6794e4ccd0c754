package dev.rustnet.bench.member;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a member delivers, and looks at each message: its sender must exist, and its number must be the next one of
 * that sender. Messages of one sender come from one thread at a time, those of different senders may come from several.
 */
final class Deliveries {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int APART = 16; // two cache lines
    private static final int ANY = -1;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    // Injected
    private final int self;
    private final int messageLength;
    private final boolean checksum;
    private final boolean timed;

    // State
    private final long[] counts;
    private final int[] next;
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private volatile long wrong;
    private volatile @Nullable Gaps gaps;

    /**
     * @param timed whether to measure how long the first sender's messages take to the others
     * @param late whether this process joins in mid-stream, so that the first message of a sender has any number
     */
    Deliveries(int self, int senders, int messageLength, boolean checksum, boolean timed, boolean late) {
        this.self = self;
        this.messageLength = messageLength;
        this.checksum = checksum;
        this.timed = timed;
        this.counts = new long[senders * APART];
        this.next = new int[senders * APART];
        Arrays.fill(next, late ? ANY : 0);
    }

    int messageLength() {
        return messageLength;
    }

    boolean wantsAll() {
        return checksum;
    }

    /** A message whose bytes a contender had in hand. */
    void delivered(byte[] message, int offset, int length) {
        var buffer = ByteBuffer.wrap(message, offset, length);
        delivered(
                buffer.getInt(offset),
                buffer.getInt(offset + Messages.SENDER_AT),
                buffer.getLong(offset + Messages.SENT_AT),
                length);
        if (checksum) {
            check(ByteBuffer.wrap(message, offset, length).slice());
        }
    }

    void delivered(int number, int sender, long sentNanos, int length) {
        int at = sender * APART;
        if (sender < 0 || at >= counts.length || (next[at] != number && next[at] != ANY) || length != messageLength) {
            wrong(sender, number, length);
            if (sender < 0 || at >= counts.length) {
                return;
            }
        }
        next[at] = number + 1;
        Gaps watching = gaps;
        if (watching != null) {
            watching.delivered();
        }
        if (timed && sender == 0 && sender != self) {
            latencies.recordValue(Math.min(LONGEST_NANOS, Math.max(0, System.nanoTime() - sentNanos)));
        }
        COUNT.setRelease(counts, at, (long) COUNT.get(counts, at) + 1);
    }

    /** Many messages that nobody looks at: the yardstick's. */
    void counted(int sender, long messages) {
        COUNT.setRelease(counts, sender * APART, (long) COUNT.get(counts, sender * APART) + messages);
    }

    private void check(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        var whole = ByteBuffer.wrap(copy);
        if (whole.getInt(copy.length - Integer.BYTES) != Messages.checksum(copy)) {
            wrong(whole.getInt(Messages.SENDER_AT), whole.getInt(0), copy.length);
        }
    }

    private synchronized void wrong(int sender, int number, int length) {
        if (wrong++ == 0) {
            System.err.println("not what was expected: message " + number + " of sender " + sender + ", " + length
                    + " bytes, at member " + self);
        }
    }

    /** All so far. Any thread. */
    long count() {
        long sum = 0;
        for (int at = 0; at < counts.length; at += APART) {
            sum += (long) COUNT.getAcquire(counts, at);
        }
        return sum;
    }

    /** From now on those take note of all deliveries. Any thread. */
    void watch(Gaps newGaps) {
        gaps = newGaps;
    }

    @Nullable
    Gaps gaps() {
        return gaps;
    }

    /** Messages that were not the next ones of their senders, or not whole. Any thread. */
    long wrong() {
        return wrong;
    }

    /** Those of the first sender's messages, at the others; complete when nothing is on its way. */
    Histogram latencies() {
        return latencies;
    }
}
