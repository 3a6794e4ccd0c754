package dev.rustnet.core.message;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.link.Request;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.link.TypedLinks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The typed links of one user: its values go over perfect links of its own. */
final class TypedMessages implements TypedLinks {
    // Injected
    private final EventLoop loop;
    private final PerfectLinks links;
    private final LinkSender sender;
    private final PayloadCodec codec;
    private final TypedCounters counters;
    private final HandlerFailures failures;
    private final BiConsumer<String, String> report;
    private final OpenRequests requests;
    private final Responders responders;

    // State
    private final HandlerTable<Handler<Object>> handlers = new HandlerTable<>();

    TypedMessages(TypedParts parts, PerfectLinks links, OpenRequests requests, Responders responders) {
        loop = parts.loop();
        sender = parts.sender();
        codec = parts.codec();
        counters = parts.counters();
        failures = parts.failures();
        report = parts.report();
        this.links = links;
        this.requests = requests;
        this.responders = responders;
        links.onReceive(this::received);
    }

    // TypedLinks

    @Override
    @SuppressWarnings("unchecked") // called with values of that class alone
    public <T> void onReceive(Class<T> type, Handler<? super T> handler) {
        codec.requireRegistered(type);
        handlers.add(type, (Handler<Object>) handler);
    }

    @Override
    public void send(ProcessId to, Object payload) {
        byte[] frame = encode(to, payload);
        requireRunning();
        if (loop.inLoop()) {
            sender.sendNow(to, frame);
        } else {
            sender.sendLater(new Parcel(
                    to,
                    frame,
                    () -> report.accept(
                            "unreachable " + to.name(), "a message to " + to + " is dropped: it counts no more")));
        }
    }

    @Override
    public boolean trySend(ProcessId to, Object payload) {
        if (!loop.inLoop()) {
            throw new IllegalStateException(
                    "trySend is for the event loop; on other threads, send waits for the window");
        }
        requireRunning();
        return sender.trySend(to, encode(to, payload));
    }

    private void requireRunning() {
        if (sender.stopped()) {
            throw new IllegalStateException("the node has stopped");
        }
    }

    private byte[] encode(ProcessId to, Object payload) {
        Objects.requireNonNull(to, "there is no process to send to");
        Objects.requireNonNull(payload, "there is nothing to send");
        byte[] frame = TypedFrame.write(TypedFrame.Kind.MESSAGE, 0, codec.encode(payload));
        sender.check(to, frame);
        return frame;
    }

    @Override
    public void onWindowOpen(Runnable action) {
        if (!loop.inLoop()) {
            loop.execute(() -> onWindowOpen(action));
            return;
        }
        Runnable once = new Runnable() {
            private boolean ran;

            @Override
            public void run() {
                if (!ran) {
                    ran = true;
                    action.run();
                }
            }
        };
        links.onWindowOpen(once);
        requests.onEnd(once);
    }

    @Override
    @SuppressWarnings("unchecked") // called with values of that class alone
    public <R, Q extends Request<R>> void onRequest(Class<Q> type, Responder<? super Q, ? extends R> responder) {
        requireRegistered(type);
        responders.add(type, (Responder<Object, ?>) responder);
    }

    @Override
    @SuppressWarnings("unchecked") // called with values of that class alone
    public <R, Q extends Request<R>> void onRequestAsync(
            Class<Q> type, Responder<? super Q, ? extends CompletionStage<? extends R>> responder) {
        requireRegistered(type);
        responders.addAsync(type, (Responder<Object, ? extends CompletionStage<?>>) responder);
    }

    private void requireRegistered(Class<?> request) {
        codec.requireRegistered(request);
        Class<?> reply = ReplyType.of(request);
        if (reply != Object.class) {
            codec.requireRegistered(reply);
        }
    }

    @Override
    public <R> CompletionStage<R> request(ProcessId to, Request<R> request, Duration timeout) {
        return requests.request(to, request, timeout);
    }

    @Override
    public <T> @Nullable T header(HeaderKey<T> key) {
        return links.header(key);
    }

    // What comes from the other processes

    private void received(ProcessId from, ByteBuffer message) {
        try {
            TypedFrame frame = TypedFrame.read(message);
            switch (frame.kind()) {
                case MESSAGE -> message(from, frame);
                case REQUEST -> request(from, frame);
                case REPLY -> requests.replied(from, frame.number(), frame.body());
                case FAILURE -> requests.refused(from, frame.number(), frame.reason(), frame.sentence());
            }
        } catch (Malformed e) {
            counters.malformed();
            report.accept("malformed", "a message of " + from + " is dropped: " + e.getMessage());
        }
    }

    private void message(ProcessId from, TypedFrame frame) {
        Object payload = decode(from, frame);
        if (payload == null) {
            return;
        }
        Optional<Handler<Object>> handler = handlers.find(payload);
        if (handler.isEmpty()) {
            noHandler(from, payload);
            return;
        }
        try {
            handler.get().receive(from, payload);
        } catch (RuntimeException | Error e) {
            failures.handlerThrew("receiver", from, e);
        }
    }

    private void request(ProcessId from, TypedFrame frame) {
        Object request = decode(from, frame);
        if (request == null) {
            responders.refuse(from, frame.number(), Reason.UNREADABLE, " cannot decode the request; its log says why");
        } else if (!responders.requested(from, frame.number(), request)) {
            noHandler(from, request);
            responders.refuse(
                    from,
                    frame.number(),
                    Reason.NO_HANDLER,
                    " has no responder for " + request.getClass().getName());
        }
    }

    private @Nullable Object decode(ProcessId from, TypedFrame frame) {
        try {
            return codec.decode(Object.class, frame.body());
        } catch (IllegalArgumentException e) {
            counters.undecodable();
            report.accept("undecodable", "a message of " + from + " is dropped: it is " + e.getMessage());
            return null;
        }
    }

    private void noHandler(ProcessId from, Object payload) {
        counters.noHandler();
        report.accept(
                "no handler for " + payload.getClass().getName(),
                "a message of " + from + " is dropped: there is no handler for "
                        + payload.getClass().getName());
    }

    // What the kernel tells

    static RequestFailedException suspicion(ProcessId process) {
        return new RequestFailedException(Reason.SUSPECTED, process + " is suspected to have crashed");
    }

    void suspected(ProcessId process) {
        requests.failAll(process, suspicion(process));
    }

    void gone(ProcessId process, String how) {
        requests.failAll(process, new RequestFailedException(Reason.GONE, process + " " + how));
        responders.gone(process);
    }

    boolean drained() {
        return sender.drained();
    }

    void close() {
        sender.close();
        requests.close();
    }
}
