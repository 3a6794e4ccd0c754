package dev.rustnet.core.log;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A copy of one message on its way to its handler on a lane, and how that went. Made and counted on the loop. */
final class LaneMessage implements Runnable {
    // Injected
    private final LaneDelivery lane;
    private final CurrentMessage message;
    private final int source;
    private final int bytes;
    private final @Nullable BroadcastChannel channel;
    private final @Nullable RuntimeException malformed;

    // State: written by the lane before it says that it has finished
    private boolean heard;
    private @Nullable Throwable failure;

    /**
     * @param message a copy; its payload is the whole message when it is malformed
     * @param source the rank of its source
     * @param bytes what it takes in the log
     * @param channel where it goes; null when nobody opened that, or it is malformed
     */
    LaneMessage(
            LaneDelivery lane,
            CurrentMessage message,
            int source,
            int bytes,
            @Nullable BroadcastChannel channel,
            @Nullable RuntimeException malformed) {
        this.lane = lane;
        this.message = message;
        this.source = source;
        this.bytes = bytes;
        this.channel = channel;
        this.malformed = malformed;
    }

    int source() {
        return source;
    }

    long number() {
        return message.number;
    }

    int bytes() {
        return bytes;
    }

    @Override
    public void run() {
        if (lane.closed()) {
            return;
        }
        if (channel != null) {
            MessageDelivery delivery = new MessageDelivery(message);
            message.key = delivery;
            try {
                heard = channel.deliver(delivery);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                message.key = null;
            }
        }
        lane.finishedOne();
    }

    void count(LogCounters counters) {
        ProcessId sender = message.source;
        if (malformed != null) {
            counters.malformed(sender, message.number, message.payload(), malformed);
        } else if (channel != null && failure != null) {
            counters.failed(channel.name(), message, failure);
        } else if (heard) {
            counters.delivered.increment();
        } else {
            counters.noListener.increment();
        }
    }

    /** A copy of that message, whose bytes are its own. */
    static CurrentMessage copy(CurrentMessage original) {
        CurrentMessage copy = new CurrentMessage(original.stamps);
        copy.source = original.source;
        copy.number = original.number;
        copy.channel = original.channel;
        copy.headers = original.headers;
        copy.length = original.length;
        copy.buffer =
                ByteBuffer.allocate(original.length).put(original.payload()).flip();
        return copy;
    }
}
