package dev.rustnet.plugins.failuredetector;

import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The message of a heartbeat. Any byte would do as a sign of life; what it carries is whom the sender has met, so that a
 * process that crashes before it has met everybody is missed by everybody all the same.
 *
 * <p>On the wire: a version (1), then for each such member its rank (2 bytes) and its incarnation (8 bytes). In a group
 * too large for one message, each heartbeat goes on where the last one ended.
 */
final class Heartbeat {
    private static final byte VERSION = 1;
    private static final int ENTRY_LENGTH = Short.BYTES + Long.BYTES;

    /** Takes what a heartbeat says. */
    interface Reader {
        /** The sender has met that incarnation. */
        void met(int rank, long incarnation);
    }

    // Injected
    private final int groupSize;

    // State
    private final ByteBuffer buffer = ByteBuffer.allocate(FairLossLinks.MAX_LENGTH);
    private int next;

    Heartbeat(int groupSize) {
        this.groupSize = groupSize;
    }

    /** The next heartbeat, ready to be read; valid until the next call. */
    ByteBuffer write(IntFunction<@Nullable ProcessId> met) {
        buffer.clear().put(VERSION);
        for (int looked = 0; looked < groupSize && buffer.remaining() >= ENTRY_LENGTH; looked++) {
            ProcessId process = met.apply(next);
            if (process != null) {
                buffer.putShort((short) next).putLong(process.incarnation());
            }
            next = (next + 1) % groupSize;
        }
        return buffer.flip();
    }

    /** Reads what another process wrote; of one that this version does not understand, nothing. */
    static void read(ByteBuffer message, Reader reader) {
        if (!message.hasRemaining() || message.get() != VERSION) {
            return;
        }
        while (message.remaining() >= ENTRY_LENGTH) {
            reader.met(Short.toUnsignedInt(message.getShort()), message.getLong());
        }
    }
}
