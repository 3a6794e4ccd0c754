package dev.rustnet.plugins.workload;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.DeliverHandler;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.TypedChannel;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A channel with a window that a test opens; keeps what is broadcast. */
final class FakeChannel implements Channel {
    // State
    private final List<byte[]> sent = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int window = Integer.MAX_VALUE;
    private DeliverHandler handler = delivery -> {};
    private Consumer<View> viewHandler = view -> {};

    /** Copies of the payloads accepted so far. */
    List<byte[]> sent() {
        return sent;
    }

    /** That many more messages are accepted. */
    void window(int messages) {
        window = messages;
        List<Runnable> actions = List.copyOf(waiting);
        waiting.clear();
        actions.forEach(Runnable::run);
    }

    /** A message arrives. */
    void deliver(ProcessId source, long number, byte[] payload) {
        handler.deliver(new Arrived(source, number, payload));
    }

    @Override
    public String name() {
        return "workload";
    }

    @Override
    public Channel onDeliver(DeliverHandler newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public Channel onView(Consumer<View> newHandler) {
        viewHandler = newHandler;
        return this;
    }

    /** A view is installed. */
    void install(View view) {
        viewHandler.accept(view);
    }

    @Override
    public boolean tryBroadcast(byte[] payload) {
        if (window == 0) {
            return false;
        }
        window--;
        sent.add(payload.clone());
        return true;
    }

    @Override
    public void onWindowOpen(Runnable action) {
        waiting.add(action);
    }

    @Override
    public MessageId broadcast(byte[] payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tracked broadcastTracked(byte[] payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> TypedChannel<T> typed(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    private static final class Arrived implements Delivery {
        private final ProcessId source;
        private final long number;
        private final byte[] payload;

        Arrived(ProcessId source, long number, byte[] payload) {
            this.source = source;
            this.number = number;
            this.payload = payload;
        }

        @Override
        public ProcessId source() {
            return source;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public MessageId id() {
            return new MessageId(source, number);
        }

        @Override
        public int size() {
            return payload.length;
        }

        @Override
        public byte byteAt(int index) {
            return payload[index];
        }

        @Override
        public void copyTo(ByteBuffer target) {
            target.put(payload);
        }

        @Override
        public byte[] copy() {
            return payload.clone();
        }

        @Override
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public <T> T header(BroadcastHeader<T> header) {
            return null;
        }

        @Override
        public <T> T header(HeaderKey<T> key) {
            return null;
        }
    }
}
