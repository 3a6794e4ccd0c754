package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The key to the message that a log hands over right now; worth nothing once the log has moved on. */
final class MessageDelivery implements Delivery {
    // Injected
    private final CurrentMessage message;

    MessageDelivery(CurrentMessage message) {
        this.message = message;
    }

    private CurrentMessage valid() {
        if (message.key != this) {
            throw new IllegalStateException(
                    "this delivery is over: copy what you need of it before the handler returns (copy(), text(), id())");
        }
        return message;
    }

    @Override
    public ProcessId source() {
        return valid().source;
    }

    @Override
    public long number() {
        return valid().number;
    }

    @Override
    public MessageId id() {
        CurrentMessage current = valid();
        return new MessageId(current.source, current.number);
    }

    @Override
    public int size() {
        return valid().length;
    }

    @Override
    public byte byteAt(int index) {
        CurrentMessage current = valid();
        if (index < 0 || index >= current.length) {
            throw new IndexOutOfBoundsException("byte " + index + " of a payload of " + current.length);
        }
        return current.buffer.get(current.offset + index);
    }

    @Override
    public void copyTo(ByteBuffer target) {
        CurrentMessage current = valid();
        target.put(target.position(), current.buffer, current.offset, current.length);
        target.position(target.position() + current.length);
    }

    @Override
    public byte[] copy() {
        CurrentMessage current = valid();
        byte[] copy = new byte[current.length];
        current.buffer.get(current.offset, copy);
        return copy;
    }

    @Override
    public String text() {
        return new String(copy(), StandardCharsets.UTF_8);
    }

    @Override
    @SuppressWarnings("unchecked") // the header wrote and read the value itself
    public <T> @Nullable T header(BroadcastHeader<T> header) {
        CurrentMessage current = valid();
        int index = current.stamps.index(header);
        @Nullable Object @Nullable [] values = current.headers;
        return index < 0 || values == null ? null : (T) values[index];
    }

    @Override
    public <T> @Nullable T header(HeaderKey<T> key) {
        CurrentMessage current = valid();
        return current.stamps.value(key, current.headers);
    }
}
