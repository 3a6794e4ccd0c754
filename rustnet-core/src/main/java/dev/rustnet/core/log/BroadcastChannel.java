package dev.rustnet.core.log;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.DeliverHandler;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.TypedChannel;
import dev.rustnet.core.memory.WireName;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One channel of a broadcast log. */
final class BroadcastChannel implements Channel {
    // Injected
    private final RetainedBroadcastLog log;
    private final String name;
    private final int wireName;

    // State
    private volatile @Nullable DeliverHandler handler;

    private volatile @Nullable Consumer<View> viewHandler;

    // State of the loop
    private @Nullable Consumer<View> toldHandler;
    private long toldNumber;

    BroadcastChannel(RetainedBroadcastLog log, String name) {
        this.log = log;
        this.name = name;
        this.wireName = WireName.of(name);
    }

    int wireName() {
        return wireName;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Channel onDeliver(DeliverHandler newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public Channel onView(Consumer<View> newHandler) {
        viewHandler = newHandler;
        log.loop().execute(() -> log.tellView(this));
        return this;
    }

    /** The handler that is to be told of that view; null when there is none, or it has been told. On the loop. */
    @Nullable
    Consumer<View> toTell(View view) {
        Consumer<View> present = viewHandler;
        if (present == toldHandler && view.number() == toldNumber) {
            return null;
        }
        toldHandler = present;
        toldNumber = view.number();
        return present;
    }

    /** Hands a message to the application; returns false when nobody listens. */
    boolean deliver(Delivery delivery) {
        DeliverHandler present = handler;
        if (present == null) {
            return false;
        }
        present.deliver(delivery);
        return true;
    }

    @Override
    public MessageId broadcast(byte[] payload) {
        return new MessageId(log.process(), log.broadcast(wireName, payload, null));
    }

    @Override
    public Tracked broadcastTracked(byte[] payload) {
        TrackedMessage tracked = new TrackedMessage(new MessageId(log.process(), 0));
        log.broadcast(wireName, payload, tracked);
        return tracked;
    }

    @Override
    public boolean tryBroadcast(byte[] payload) {
        return log.tryBroadcast(wireName, payload, null) != 0;
    }

    @Override
    public void onWindowOpen(Runnable action) {
        log.onWindowOpen(action);
    }

    @Override
    public <T> TypedChannel<T> typed(Class<T> type) {
        log.codec().requireRegistered(type);
        return new Typed<>(type);
    }

    private final class Typed<T> implements TypedChannel<T> {
        private final Class<T> type;

        Typed(Class<T> type) {
            this.type = type;
        }

        @Override
        public TypedChannel<T> onDeliver(Handler<? super T> typedHandler) {
            BroadcastChannel.this.onDeliver(delivery -> {
                T value;
                try {
                    value = log.codec().decode(type, ByteBuffer.wrap(delivery.copy()));
                } catch (IllegalArgumentException e) {
                    throw new UndecodablePayload(e);
                }
                typedHandler.deliver(value, delivery);
            });
            return this;
        }

        @Override
        public MessageId broadcast(T value) {
            return BroadcastChannel.this.broadcast(log.codec().encode(value));
        }

        @Override
        public boolean tryBroadcast(T value) {
            return BroadcastChannel.this.tryBroadcast(log.codec().encode(value));
        }

        @Override
        public void onWindowOpen(Runnable action) {
            BroadcastChannel.this.onWindowOpen(action);
        }
    }
}
