package dev.rustnet.core.incarnation;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.DeliverHandler;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.TypedChannel;
import dev.rustnet.core.kernel.Kernel;
import dev.rustnet.core.log.LogClosedException;
import dev.rustnet.group.View;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the application holds it: that of the present incarnation, with the same handlers. Between two incarnations a thread that
 * broadcasts waits for the next one, as it waits for a window.
 */
final class LastingChannel implements Channel, Lasting {
    // Injected
    private final Incarnations incarnations;
    private final Function<Kernel, Broadcast> service;
    private final String name;

    // State
    private volatile Present present;
    private @Nullable Consumer<Channel> deliverHandler;
    private @Nullable Consumer<View> viewHandler;
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    /**
     * @param kernel an incarnation
     * @param channel the channel there
     */
    private record Present(Kernel kernel, Channel channel) {}

    LastingChannel(Incarnations incarnations, Kernel kernel, Function<Kernel, Broadcast> service, String name) {
        this.incarnations = incarnations;
        this.service = service;
        this.name = name;
        present = in(kernel);
    }

    private Present in(Kernel kernel) {
        return new Present(kernel, service.apply(kernel).channel(name));
    }

    @Override
    public synchronized void moveTo(Kernel next) {
        Present moved = in(next);
        if (deliverHandler != null) {
            deliverHandler.accept(moved.channel());
        }
        if (viewHandler != null) {
            moved.channel().onView(viewHandler);
        }
        present = moved;
        List.copyOf(waiters).forEach(moved.channel()::onWindowOpen);
    }

    @Override
    public String name() {
        return name;
    }

    // Handlers

    @Override
    public Channel onDeliver(DeliverHandler handler) {
        handle(channel -> channel.onDeliver(handler));
        return this;
    }

    private synchronized void handle(Consumer<Channel> handler) {
        deliverHandler = handler;
        handler.accept(present.channel());
    }

    @Override
    public synchronized Channel onView(Consumer<View> handler) {
        viewHandler = handler;
        incarnations.unlessBetween(() -> present.channel().onView(handler));
        return this;
    }

    // Broadcasting: without a lambda, as these are called for each message

    @Override
    public MessageId broadcast(byte[] payload) {
        while (true) {
            Present now = present;
            try {
                return now.channel().broadcast(payload);
            } catch (LogClosedException e) {
                awaitNext(now, e);
            }
        }
    }

    @Override
    public Tracked broadcastTracked(byte[] payload) {
        while (true) {
            Present now = present;
            try {
                return now.channel().broadcastTracked(payload);
            } catch (LogClosedException e) {
                awaitNext(now, e);
            }
        }
    }

    @Override
    public boolean tryBroadcast(byte[] payload) {
        try {
            return present.channel().tryBroadcast(payload);
        } catch (LogClosedException e) {
            return refuse(e);
        }
    }

    private void awaitNext(Present ended, LogClosedException e) {
        if (!e.mayWait()) {
            throw e;
        }
        incarnations.awaitAfter(ended.kernel());
    }

    private boolean refuse(LogClosedException e) {
        if (incarnations.over()) {
            throw e;
        }
        return false;
    }

    @Override
    public void onWindowOpen(Runnable action) {
        Waiter waiter = new Waiter(action);
        synchronized (this) {
            waiters.add(waiter);
            incarnations.unlessBetween(() -> present.channel().onWindowOpen(waiter));
        }
    }

    /** Runs once, in whichever incarnation the window opens. */
    private final class Waiter implements Runnable {
        private final Runnable action;

        Waiter(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            boolean first;
            synchronized (LastingChannel.this) {
                first = waiters.remove(this);
            }
            if (first) {
                action.run();
            }
        }
    }

    @Override
    public <T> TypedChannel<T> typed(Class<T> type) {
        return new Typed<>(type, present);
    }

    private final class Typed<T> implements TypedChannel<T> {
        private final Class<T> type;
        private volatile Present typedIn;
        private volatile TypedChannel<T> typed;

        Typed(Class<T> type, Present now) {
            this.type = type;
            typed = now.channel().typed(type);
            typedIn = now;
        }

        private TypedChannel<T> in(Present now) {
            if (!typedIn.equals(now)) {
                typed = now.channel().typed(type);
                typedIn = now;
            }
            return typed;
        }

        @Override
        public TypedChannel<T> onDeliver(Handler<? super T> handler) {
            handle(channel -> channel.typed(type).onDeliver(handler));
            return this;
        }

        @Override
        public MessageId broadcast(T value) {
            while (true) {
                Present now = present;
                try {
                    return in(now).broadcast(value);
                } catch (LogClosedException e) {
                    awaitNext(now, e);
                }
            }
        }

        @Override
        public boolean tryBroadcast(T value) {
            try {
                return in(present).tryBroadcast(value);
            } catch (LogClosedException e) {
                return refuse(e);
            }
        }

        @Override
        public void onWindowOpen(Runnable action) {
            LastingChannel.this.onWindowOpen(action);
        }
    }
}
