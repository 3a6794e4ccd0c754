package dev.rustnet.core.bus;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.bus.TopicBus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A topic bus over a node's loop: a notice is handed over in a later turn, to those who were there when it was made. */
public final class LoopTopicBus implements TopicBus {
    // Injected
    private final Consumer<Runnable> later;
    private final Consumer<Throwable> onError;

    // State
    private final Map<Topic<?>, List<Entry<?>>> subscribers = new HashMap<>();

    /**
     * @param later queues for a later turn of the loop
     * @param onError told what a subscriber threw; the others are called all the same
     */
    public LoopTopicBus(Consumer<Runnable> later, Consumer<Throwable> onError) {
        this.later = later;
        this.onError = onError;
    }

    @Override
    public <T> void publish(Topic<T> topic, T notice) {
        List<Entry<?>> present = subscribers.get(topic);
        if (present != null && !present.isEmpty()) {
            List<Entry<?>> receivers = List.copyOf(present);
            later.accept(() -> receivers.forEach(receiver -> handOver(receiver, topic, notice)));
        }
    }

    private <T> void handOver(Entry<?> receiver, Topic<T> topic, T notice) {
        try {
            receiver.accept(topic.type().cast(notice));
        } catch (RuntimeException | Error e) {
            onError.accept(e);
        }
    }

    @Override
    public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
        Entry<T> entry = new Entry<>(topic, handler);
        List<Entry<?>> entries = subscribers.computeIfAbsent(topic, unused -> new CopyOnWriteArrayList<>());
        entries.add(entry);
        return () -> {
            entry.cancelled = true;
            entries.remove(entry);
        };
    }

    private static final class Entry<T> {
        private final Topic<T> topic;
        private final Consumer<? super T> handler;
        private boolean cancelled;

        Entry(Topic<T> topic, Consumer<? super T> handler) {
            this.topic = topic;
            this.handler = handler;
        }

        /** Equal topics have equal types, so the cast holds for what is published on this one. */
        void accept(Object notice) {
            if (!cancelled) {
                handler.accept(topic.type().cast(notice));
            }
        }
    }
}
