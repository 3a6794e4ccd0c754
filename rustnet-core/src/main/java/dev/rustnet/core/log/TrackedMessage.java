package dev.rustnet.core.log;

import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.Tracked;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Follows one broadcast of the own process. */
final class TrackedMessage implements Tracked {
    private final CompletableFuture<MessageId> delivered = new CompletableFuture<>();
    private final CompletableFuture<MessageId> stable = new CompletableFuture<>();
    private volatile MessageId id;

    /** @param id filled in by {@link #numbered} as soon as the message has its number */
    TrackedMessage(MessageId id) {
        this.id = id;
    }

    void numbered(MessageId number) {
        id = number;
    }

    @Override
    public MessageId id() {
        return id;
    }

    @Override
    public CompletionStage<MessageId> delivered() {
        return delivered.minimalCompletionStage();
    }

    @Override
    public CompletionStage<MessageId> stable() {
        return stable.minimalCompletionStage();
    }

    void completeDelivered() {
        delivered.complete(id);
    }

    void completeStable() {
        stable.complete(id);
    }

    void fail() {
        IllegalStateException stopped =
                new IllegalStateException("the node has stopped; the fate of " + id + " is unknown");
        delivered.completeExceptionally(stopped);
        stable.completeExceptionally(stopped);
    }
}
