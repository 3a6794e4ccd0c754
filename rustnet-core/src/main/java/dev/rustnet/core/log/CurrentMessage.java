package dev.rustnet.core.log;

import dev.rustnet.core.link.Stamps;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The message that a log hands over right now; what a {@link MessageDelivery} reads while it is valid. */
final class CurrentMessage {
    // Injected
    final Stamps stamps;

    // State
    @Nullable
    MessageDelivery key;

    ProcessId source = ProcessId.named("");
    long number;
    int channel;
    ByteBuffer buffer = ByteBuffer.allocate(0);
    int offset;
    int length;

    @Nullable
    Object @Nullable [] headers;

    CurrentMessage(Stamps stamps) {
        this.stamps = stamps;
    }

    ByteBuffer payload() {
        return buffer.duplicate().limit(offset + length).position(offset);
    }
}
