package dev.rustnet.launcher.scenario;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.MessageHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The twins of requests: what a component makes of links in an hour. */
final class RequestsByHand implements NetComponent, RequestLoad.Asking {
    /** Which mistake. */
    enum Mistake {
        /** What is lost is lost. */
        OVER_FAIR_LOSS_LINKS,
        /** Nobody says that the other process has crashed. */
        WITHOUT_A_DETECTOR,
        /** A request without a reply within two seconds is sent again, and handled again. */
        ASKS_AGAIN
    }

    private static final int REQUEST = 0;
    private static final int REPLY = 1;

    private final Mistake mistake;
    private final Map<Long, CompletableFuture<RequestLoad.Square>> open = new HashMap<>();
    private Function<RequestLoad.SquareOf, RequestLoad.Square> responder;
    private ComponentContext context;

    RequestsByHand(Mistake mistake) {
        this.mistake = mistake;
    }

    /** Those of the class path, and this one. */
    List<NetComponent> besideTheOthers() {
        List<NetComponent> all = new ArrayList<>(Twin.found());
        all.add(this);
        return all;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("requests-by-hand")
                .provides(RequestLoad.Asking.class)
                .build();
    }

    @Override
    public void start(ComponentContext given) {
        context = given;
        MessageHandler handler = (from, message) -> {
            int kind = message.get();
            long number = message.getLong();
            if (kind == REQUEST) {
                send(
                        from,
                        REPLY,
                        number,
                        responder.apply(new RequestLoad.SquareOf(number)).number());
            } else {
                CompletableFuture<RequestLoad.Square> reply = open.remove(number);
                if (reply != null) {
                    reply.complete(new RequestLoad.Square(message.getLong()));
                }
            }
        };
        if (mistake == Mistake.OVER_FAIR_LOSS_LINKS) {
            context.transport().onReceive(handler);
        } else {
            context.links().onReceive(handler);
        }
        context.provide(RequestLoad.Asking.class, this);
    }

    @Override
    public void onRequest(Function<RequestLoad.SquareOf, RequestLoad.Square> by) {
        responder = by;
    }

    @Override
    public CompletionStage<RequestLoad.Square> ask(ProcessId to, RequestLoad.SquareOf request, Duration timeout) {
        CompletableFuture<RequestLoad.Square> reply = new CompletableFuture<>();
        open.put(request.number(), reply);
        context.execute(() -> ask(to, request.number()));
        return reply;
    }

    private void ask(ProcessId to, long number) {
        if (open.containsKey(number)) {
            send(to, REQUEST, number, 0);
            if (mistake == Mistake.ASKS_AGAIN) {
                context.timers().after(Duration.ofSeconds(2), () -> ask(to, number));
            }
        }
    }

    private void send(ProcessId to, int kind, long number, long square) {
        ByteBuffer message = ByteBuffer.allocate(17)
                .put((byte) kind)
                .putLong(number)
                .putLong(square)
                .flip();
        if (mistake == Mistake.OVER_FAIR_LOSS_LINKS) {
            context.transport().send(context.group().rank(to.name()).orElseThrow(), message);
        } else if (!context.links().trySend(to, message)) {
            throw new IllegalStateException("the window is full");
        }
    }
}
