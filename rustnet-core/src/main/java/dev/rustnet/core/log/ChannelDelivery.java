package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.core.link.Stamps;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a message: from the log to the handler of its channel. A message on the wire: channel (32 bits),
 * broadcast headers, the protocol's prefix where it has one, payload. What cannot be read, has no listener, or makes its
 * handler throw is counted, and counts as delivered for numbering.
 */
final class ChannelDelivery {
    // Injected
    private final Stamps stamps;
    private final LogCounters counters;
    private final BroadcastProtocol protocol;
    private final CurrentMessage current;
    private final @Nullable ByteBuffer prefix;

    // State
    private final ChannelTable channels = new ChannelTable();

    ChannelDelivery(Stamps stamps, LogCounters counters, BroadcastProtocol protocol) {
        this.stamps = stamps;
        this.protocol = protocol;
        prefix = protocol.maxPrefixLength() == 0 ? null : ByteBuffer.allocate(protocol.maxPrefixLength());
        this.counters = counters;
        this.current = new CurrentMessage(stamps);
    }

    BroadcastChannel channel(RetainedBroadcastLog log, String name) {
        return channels.open(log, name);
    }

    /** Tells all channels of a view, between its messages and those of the one before. */
    void viewInstalled(View view, @Nullable LaneDelivery lane) {
        for (BroadcastChannel channel : channels.all()) {
            tellView(channel, view, lane);
        }
    }

    void tellView(BroadcastChannel channel, View view, @Nullable LaneDelivery lane) {
        Consumer<View> handler = channel.toTell(view);
        if (handler == null) {
            return;
        }
        Runnable tell = () -> {
            try {
                handler.accept(view);
            } catch (RuntimeException | Error e) {
                counters.viewHandlerFailed(channel.name(), e);
            }
        };
        if (lane == null) {
            tell.run();
        } else {
            lane.execute(tell);
        }
    }

    /** Appends a message of the own process, with the headers of this scope. */
    void encode(MessageLog log, BroadcastHeader.Scope scope, int channel, byte[] payload, int length) {
        if (prefix != null) {
            encodeWithPrefix(log, scope, channel, payload, length, prefix);
        } else if (stamps.none()) {
            log.begin(Integer.BYTES + 1 + length).putInt(channel).put((byte) 0).put(payload, 0, length);
        } else {
            ByteBuffer headers = stamps.encode(scope);
            int headersLength = headers.remaining();
            ByteBuffer out = log.begin(Integer.BYTES + Varint.length(headersLength) + headersLength + length);
            out.putInt(channel);
            Varint.write(out, headersLength);
            out.put(headers).put(payload, 0, length);
        }
    }

    private void encodeWithPrefix(
            MessageLog log, BroadcastHeader.Scope scope, int channel, byte[] payload, int length, ByteBuffer written) {
        protocol.writePrefix(written.clear());
        written.flip();
        ByteBuffer headers = stamps.encode(scope);
        int before = Integer.BYTES + Varint.length(headers.remaining()) + headers.remaining();
        int prefixLength = Varint.length(written.remaining()) + written.remaining();
        ByteBuffer out = log.begin(before + prefixLength + length);
        out.putInt(channel);
        Varint.write(out, headers.remaining());
        out.put(headers);
        Varint.write(out, written.remaining());
        out.put(written).put(payload, 0, length);
    }

    /** What the protocol of the message's source wrote in front of its payload. @throws Malformed when that cannot be read */
    ByteBuffer prefix(MessageLog log, long number) {
        ByteBuffer in = message(log, number);
        if (in.remaining() < Integer.BYTES + 2) {
            throw new Malformed("a broadcast message has no prefix");
        }
        in.position(in.position() + Integer.BYTES);
        Stamps.skip(in);
        int length = Varint.readInt(in, in.remaining());
        if (length > in.remaining()) {
            throw new Malformed("the prefix of a message is cut short");
        }
        return in.limit(in.position() + length);
    }

    /** Delivers one message of {@code log} to whoever listens. Never throws. */
    void deliver(MessageLog log, long number, BroadcastHeader.Scope scope, ProcessId sender) {
        try {
            find(log, number, scope, sender);
        } catch (RuntimeException e) {
            counters.malformed(sender, number, message(log, number), e);
            return;
        }
        BroadcastChannel channel = channels.find(current.channel);
        if (channel == null) {
            counters.noListener.increment();
            return;
        }
        MessageDelivery delivery = new MessageDelivery(current);
        current.key = delivery;
        try {
            if (channel.deliver(delivery)) {
                counters.delivered.increment();
            } else {
                counters.noListener.increment();
            }
        } catch (RuntimeException | Error e) {
            counters.failed(channel.name(), current, e);
        } finally {
            current.key = null;
        }
    }

    /** Copies one message of {@code log}, for its handler on a lane. Never throws. */
    LaneMessage copy(
            LaneDelivery lane, int source, MessageLog log, long number, BroadcastHeader.Scope scope, ProcessId sender) {
        int bytes = log.length(number);
        try {
            find(log, number, scope, sender);
        } catch (RuntimeException e) {
            ByteBuffer whole = message(log, number);
            current.buffer = whole;
            current.offset = whole.position();
            current.length = whole.remaining();
            return new LaneMessage(lane, LaneMessage.copy(current), source, bytes, null, e);
        }
        return new LaneMessage(lane, LaneMessage.copy(current), source, bytes, channels.find(current.channel), null);
    }

    private static ByteBuffer message(MessageLog log, long number) {
        int entry = log.offset(number);
        ByteBuffer buffer = log.chunk(number).buffer();
        int start = entry + Varint.lengthAt(buffer, entry);
        return buffer.duplicate().limit(entry + log.length(number)).position(start);
    }

    /** Finds channel, headers and payload of an entry, without moving the shared buffer's position. */
    private void find(MessageLog log, long number, BroadcastHeader.Scope scope, ProcessId sender) {
        current.source = sender;
        current.number = number;
        ByteBuffer buffer = log.chunk(number).buffer();
        int entry = log.offset(number);
        int end = entry + log.length(number);
        int at = entry + Varint.lengthAt(buffer, entry);
        if (end - at < Integer.BYTES + 1) {
            throw new Malformed("a broadcast message has no header");
        }
        current.channel = buffer.getInt(at);
        at += Integer.BYTES;
        current.headers = null;
        if (buffer.get(at) == 0) {
            at++;
        } else {
            ByteBuffer in = buffer.duplicate().limit(end).position(at);
            if (stamps.none()) {
                Stamps.skip(in);
            } else {
                current.headers = stamps.decode(scope, in);
            }
            at = in.position();
        }
        if (prefix != null) {
            ByteBuffer in = buffer.duplicate().limit(end).position(at);
            Stamps.skip(in); // the same form: a length, and so many bytes
            at = in.position();
        }
        current.buffer = buffer;
        current.offset = at;
        current.length = end - at;
    }
}
