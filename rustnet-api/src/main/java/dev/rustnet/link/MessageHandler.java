package dev.rustnet.link;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/** Receives the messages of one component from other processes. Called on the loop, one message at a time. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * {@code message} has arrived from {@code from}. The buffer holds exactly the message between position and limit,
     * big-endian; it belongs to the kernel and is valid only until this method returns.
     */
    void receive(ProcessId from, ByteBuffer message);
}
