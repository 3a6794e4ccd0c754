package dev.rustnet.core.message;

import dev.rustnet.group.ProcessId;

/** A message that may wait for the window of its link. State of the loop, once it has been handed over. */
final class Parcel {
    /** What a message takes besides its bytes, so that empty ones are bounded too. */
    private static final int OVERHEAD = 64;

    final ProcessId to;
    final byte[] bytes;
    final Runnable onUnreachable;

    // State
    private Runnable whenGone = () -> {};
    private boolean withdrawn;

    /** @param onUnreachable run when it will not be sent, because its receiver counts no more */
    Parcel(ProcessId to, byte[] bytes, Runnable onUnreachable) {
        this.to = to;
        this.bytes = bytes;
        this.onUnreachable = onUnreachable;
    }

    Parcel(ProcessId to, byte[] bytes) {
        this(to, bytes, () -> {});
    }

    int weight() {
        return bytes.length + OVERHEAD;
    }

    /** What returns the room that it takes while it waits. */
    void whenGone(Runnable returnRoom) {
        whenGone = returnRoom;
    }

    /** It waits no more. */
    void gone() {
        Runnable returnRoom = whenGone;
        whenGone = () -> {};
        returnRoom.run();
    }

    void withdraw() {
        withdrawn = true;
    }

    boolean withdrawn() {
        return withdrawn;
    }
}
