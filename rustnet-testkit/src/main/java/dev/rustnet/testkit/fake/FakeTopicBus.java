package dev.rustnet.testkit.fake;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.bus.TopicBus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Records every notice, and hands them to subscribers when a test says that the next turn has come. */
public final class FakeTopicBus implements TopicBus {
    private record Notice(Topic<?> topic, Object value) {}

    private record Subscriber(Topic<?> topic, Consumer<Object> handler) {}

    // State
    private final List<Notice> all = new ArrayList<>();
    private final Queue<Notice> waiting = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    /** The notices of that topic so far, in order. */
    public <T> List<T> published(Topic<T> topic) {
        return all.stream()
                .filter(notice -> notice.topic().equals(topic))
                .map(notice -> topic.type().cast(notice.value()))
                .toList();
    }

    /** The next turn: what was published before is handed over. */
    public void turn() {
        for (int left = waiting.size(); left > 0; left--) {
            Notice notice = waiting.remove();
            for (Subscriber subscriber : List.copyOf(subscribers)) {
                if (subscriber.topic().equals(notice.topic())) {
                    subscriber.handler().accept(notice.value());
                }
            }
        }
    }

    @Override
    public <T> void publish(Topic<T> topic, T notice) {
        all.add(new Notice(topic, notice));
        waiting.add(new Notice(topic, notice));
    }

    @Override
    public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
        Subscriber subscriber =
                new Subscriber(topic, notice -> handler.accept(topic.type().cast(notice)));
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }
}
