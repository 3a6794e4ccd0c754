package dev.rustnet.core.log;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The window of the own process as a source: how many messages and bytes may be broadcast that some member that counts
 * has not consumed. A claim takes the next number. Claims come from any thread; the limits move on the loop.
 */
final class SendWindow {
    /** What {@link #tryClaim} returns when there are no numbers any more. */
    static final long CLOSED = -1;

    // Injected
    private final int messages;
    private final int bytes;

    // State
    /** The last number that was taken; once the window is closed, the bitwise complement of it. */
    private final AtomicLong claimed = new AtomicLong();

    private final AtomicLong claimedBytes = new AtomicLong();
    private volatile long consumed;
    private volatile long consumedBytes;
    private volatile boolean refused;
    private final long[] bytesUpTo;
    private long pinned;

    // State of those who wait
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    SendWindow(int messages, int bytes) {
        this.messages = messages;
        this.bytes = bytes;
        bytesUpTo = new long[Integer.highestOneBit(Math.max(messages, 2) - 1) << 1];
    }

    /**
     * Takes the next number for a message of that length, unless the window is full. Threads that claim at once may exceed
     * the bytes by one message each, and headers count only once a message is {@link #appended}.
     *
     * @param room how many numbers beyond {@code drained} may be taken
     * @return the number, 0, or {@link #CLOSED}
     */
    long tryClaim(int length, long drained, int room) {
        while (true) {
            long last = claimed.get();
            if (last < 0) {
                return CLOSED;
            }
            long bytesNow = claimedBytes.get();
            boolean fits = bytesNow + length - consumedBytes <= bytes || bytesNow == consumedBytes;
            if (last - consumed >= messages || last - drained >= room || !fits) {
                refused = true;
                return 0;
            }
            if (claimed.compareAndSet(last, last + 1)) {
                claimedBytes.addAndGet(length);
                return last + 1;
            }
        }
    }

    /** Whether a small message would be accepted now. */
    boolean open() {
        return claimed() - consumed < messages && claimedBytes.get() - consumedBytes < bytes;
    }

    long claimed() {
        long last = claimed.get();
        return last < 0 ? ~last : last;
    }

    /**
     * The message of that number, claimed with that length, has entered the log: from now on it counts with the memory that
     * it really takes up. On the loop, in the order of the numbers.
     *
     * @param pinnedSoFar what all messages up to this one have taken up
     */
    void appended(long number, int length, long pinnedSoFar) {
        claimedBytes.addAndGet(pinnedSoFar - pinned - length);
        pinned = pinnedSoFar;
        bytesUpTo[(int) (number & (bytesUpTo.length - 1))] = pinned;
    }

    /** Every member that counts has consumed up to {@code number}. On the loop. @return whether the window moved */
    boolean consumed(long number) {
        if (number <= consumed) {
            return false;
        }
        consumedBytes = bytesUpTo[(int) (number & (bytesUpTo.length - 1))];
        consumed = number;
        signal();
        return true;
    }

    long consumed() {
        return consumed;
    }

    /** Whether a claim was refused since the last such call, or a thread waits. On the loop. */
    boolean takeRefused() {
        boolean was = refused;
        refused = false;
        return was || waiting.get() > 0;
    }

    /** Wakes those who wait, when there are any: there may be room. On the loop. */
    void signal() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                opened.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Lets everybody go who waits; they fail, and nobody takes a number any more. On the loop.
     *
     * @return the last number that was taken
     */
    long close() {
        claimed.updateAndGet(last -> last < 0 ? last : ~last);
        signal();
        return claimed();
    }

    /** An attempt to claim. */
    interface Claim {
        /** @return what {@link #tryClaim} returned */
        long attempt();
    }

    /**
     * Waits until {@code claim} succeeds. Not on the loop.
     *
     * @throws IllegalStateException when the window is closed meanwhile, or the thread interrupted, which stays so
     */
    long await(Claim claim) {
        lock.lock();
        try {
            waiting.incrementAndGet();
            while (true) {
                long number = claim.attempt();
                if (number == CLOSED) {
                    throw new IllegalStateException("the node has stopped");
                }
                if (number != 0) {
                    return number;
                }
                opened.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the window to open", e);
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
