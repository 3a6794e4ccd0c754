package dev.rustnet.core.incarnation;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.Request;
import dev.rustnet.link.TypedLinks;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application's typed links as it holds them: those of the present incarnation, with the same handlers. */
public final class LastingTypedLinks implements TypedLinks {
    // Injected
    private final Incarnations incarnations;

    public LastingTypedLinks(Incarnations incarnations) {
        this.incarnations = incarnations;
    }

    private TypedLinks present() {
        return incarnations.present().messages().typed();
    }

    private void inEach(Consumer<TypedLinks> setting) {
        incarnations.inEach(kernel -> setting.accept(kernel.messages().typed()));
    }

    @Override
    public <T> void onReceive(Class<T> type, Handler<? super T> handler) {
        inEach(links -> links.onReceive(type, handler));
    }

    @Override
    public <R, Q extends Request<R>> void onRequest(Class<Q> type, Responder<? super Q, ? extends R> responder) {
        inEach(links -> links.onRequest(type, responder));
    }

    @Override
    public <R, Q extends Request<R>> void onRequestAsync(
            Class<Q> type, Responder<? super Q, ? extends CompletionStage<? extends R>> responder) {
        inEach(links -> links.onRequestAsync(type, responder));
    }

    @Override
    public void send(ProcessId to, Object payload) {
        present().send(to, payload);
    }

    @Override
    public boolean trySend(ProcessId to, Object payload) {
        return present().trySend(to, payload);
    }

    @Override
    public void onWindowOpen(Runnable action) {
        present().onWindowOpen(action);
    }

    @Override
    public <R> CompletionStage<R> request(ProcessId to, Request<R> request, Duration timeout) {
        return present().request(to, request, timeout);
    }

    @Override
    public <T> @Nullable T header(HeaderKey<T> key) {
        return present().header(key);
    }
}
