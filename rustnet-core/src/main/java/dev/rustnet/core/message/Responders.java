package dev.rustnet.core.message;

import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.link.TypedLinks.Responder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Has requests of other processes handled, and sends the replies. */
final class Responders {
    // Injected
    private final EventLoop loop;
    private final LinkSender sender;
    private final PayloadCodec codec;
    private final TypedCounters counters;
    private final HandlerFailures failures;
    private final BiConsumer<String, String> report;
    private final String self;
    private final int most;

    // State
    private final HandlerTable<Responder<Object, ?>> immediate = new HandlerTable<>();
    private final HandlerTable<Responder<Object, ? extends CompletionStage<?>>> later = new HandlerTable<>();
    private final Map<ProcessId, Integer> unanswered = new HashMap<>();

    /**
     * @param self the name of the own process, for the others to read
     * @param most requests of one process that may be unanswered
     */
    Responders(TypedParts parts, String self, int most) {
        loop = parts.loop();
        sender = parts.sender();
        codec = parts.codec();
        counters = parts.counters();
        failures = parts.failures();
        report = parts.report();
        this.self = self;
        this.most = most;
    }

    void add(Class<?> type, Responder<Object, ?> responder) {
        requireFree(type);
        immediate.add(type, responder);
    }

    void addAsync(Class<?> type, Responder<Object, ? extends CompletionStage<?>> responder) {
        requireFree(type);
        later.add(type, responder);
    }

    private void requireFree(Class<?> type) {
        immediate.requireFree(type);
        later.requireFree(type);
    }

    /** A request has come. Returns false when there is no handler for it. */
    boolean requested(ProcessId from, long number, Object request) {
        Optional<Responder<Object, ?>> now = immediate.find(request);
        if (now.isPresent()) {
            handle(now.get(), from, number, request);
            return true;
        }
        Optional<Responder<Object, ? extends CompletionStage<?>>> async = later.find(request);
        async.ifPresent(responder -> handleAsync(responder, from, number, request));
        return async.isPresent();
    }

    private void handle(Responder<Object, ?> responder, ProcessId from, long number, Object request) {
        Object reply;
        try {
            reply = responder.reply(from, request);
        } catch (RuntimeException | Error e) {
            failed(from, number, e);
            return;
        }
        answer(from, number, reply, null);
    }

    private void handleAsync(
            Responder<Object, ? extends CompletionStage<?>> responder, ProcessId from, long number, Object request) {
        int before = unanswered.getOrDefault(from, 0);
        if (before >= most) {
            String sentence = before + " requests of " + from + " are unanswered already";
            refuse(from, number, Reason.BUSY, ": " + sentence);
            report.accept(
                    "busy " + from.name(),
                    sentence + ", and no more are taken until some are: their responder for "
                            + request.getClass().getName() + " or another one has not completed them");
            return;
        }
        unanswered.put(from, before + 1);
        CompletionStage<?> stage;
        try {
            stage = responder.reply(from, request);
            Objects.requireNonNull(stage, "a responder must return a stage, not null");
        } catch (RuntimeException | Error e) {
            answered(from);
            failed(from, number, e);
            return;
        }
        CompletionStage<?> unused = stage.whenComplete((reply, error) -> onLoop(() -> {
            answered(from);
            answer(from, number, reply, error);
        }));
    }

    private void onLoop(Runnable action) {
        if (loop.inLoop()) {
            action.run();
            return;
        }
        try {
            loop.execute(action);
        } catch (IllegalStateException e) {
            // The node has stopped: nobody can be answered any more.
        }
    }

    private void answered(ProcessId from) {
        unanswered.computeIfPresent(from, (unused, count) -> count == 1 ? null : count - 1);
    }

    private void answer(ProcessId to, long number, @Nullable Object reply, @Nullable Throwable error) {
        if (error != null) {
            failed(
                    to,
                    number,
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
            return;
        }
        byte[] frame;
        try {
            frame = TypedFrame.write(
                    TypedFrame.Kind.REPLY,
                    number,
                    codec.encode(Objects.requireNonNull(reply, "a responder must return a reply, not null")));
            sender.check(to, frame);
        } catch (RuntimeException e) {
            failed(to, number, e);
            return;
        }
        offer(to, frame);
    }

    private void failed(ProcessId from, long number, Throwable error) {
        failures.handlerThrew("responder", from, error);
        refuse(from, number, Reason.HANDLER_FAILED, "'s responder failed: " + error);
    }

    /** @param sentence goes on behind the name of the own process */
    void refuse(ProcessId to, long number, Reason reason, String sentence) {
        offer(to, TypedFrame.writeFailure(number, reason, self + sentence));
    }

    private void offer(ProcessId to, byte[] frame) {
        if (!sender.offer(to, frame)) {
            counters.noRoom();
        }
    }

    /** That process counts no more: nobody waits for what it asked. */
    void gone(ProcessId process) {
        unanswered.remove(process);
    }
}
