package dev.rustnet.node;

import dev.rustnet.group.ProcessId;

/** Receives what other processes {@linkplain Node#send send} to this one. Called on the loop; must not block. */
@FunctionalInterface
public interface Receiver {
    /** {@code message} has arrived from {@code from}; the array is the receiver's to keep. */
    void receive(ProcessId from, byte[] message);
}
