package dev.rustnet.core.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts of application threads on their way into the log: a ring of slots, one for each number claimed. The slots
 * keep their arrays, so that small messages cost no allocation.
 */
final class Outbox {
    /** Slots; a power of two. */
    static final int CAPACITY = 1024;

    private static final int KEPT_BYTES = 4 * 1024;

    /** A message that was put in. */
    static final class Slot {
        private volatile long number;
        private byte[] payload = new byte[0];
        private int length;
        private int channel;
        private @Nullable TrackedMessage tracked;

        byte[] payload() {
            return payload;
        }

        int length() {
            return length;
        }

        int channel() {
            return channel;
        }

        @Nullable
        TrackedMessage tracked() {
            return tracked;
        }
    }

    // State
    private final Slot[] slots = new Slot[CAPACITY];
    /** For the next slot that is passed over, whose own array the loop may still be reading. */
    private byte[] spare = new byte[0];

    private volatile long drained;

    Outbox() {
        Arrays.setAll(slots, unused -> new Slot());
    }

    /** Puts a message in under a number claimed; any thread, once for each number. */
    void put(long number, int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        Slot slot = slots[(int) (number & (CAPACITY - 1))];
        if (slot.payload.length < payload.length) {
            slot.payload = new byte[payload.length];
        }
        System.arraycopy(payload, 0, slot.payload, 0, payload.length);
        slot.length = payload.length;
        slot.channel = channel;
        slot.tracked = tracked;
        slot.number = number;
    }

    /** The highest number taken out, or passed over by {@link #passOver}. */
    long drained() {
        return drained;
    }

    /** Whether the next message is there. */
    boolean pending() {
        long next = drained + 1;
        return slots[(int) (next & (CAPACITY - 1))].number == next;
    }

    /**
     * The next message; only when {@link #pending}. On the loop; {@link #passOver} follows, after which the slot belongs to
     * whoever claims it, and its former payload to the loop until the next one is passed over.
     */
    Slot next() {
        return slots[(int) ((drained + 1) & (CAPACITY - 1))];
    }

    /** The message of the next number has a place in the log. On the loop. */
    void passOver() {
        long next = drained + 1;
        Slot slot = slots[(int) (next & (CAPACITY - 1))];
        if (slot.number == next) {
            slot.tracked = null;
            byte[] taken = slot.payload;
            slot.payload = spare;
            spare = taken.length > KEPT_BYTES ? new byte[0] : taken;
        }
        drained = next;
    }
}
