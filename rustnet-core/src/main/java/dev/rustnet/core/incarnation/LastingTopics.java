package dev.rustnet.core.incarnation;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.bus.TopicBus;
import java.util.function.Consumer;

/** The topic bus as the application holds it: that of the present incarnation, with the same subscribers. */
public final class LastingTopics implements TopicBus {
    // Injected
    private final Incarnations incarnations;

    public LastingTopics(Incarnations incarnations) {
        this.incarnations = incarnations;
    }

    @Override
    public <T> void publish(Topic<T> topic, T notice) {
        incarnations.present().topics().publish(topic, notice);
    }

    @Override
    public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
        return LastingSubscription.of(incarnations, kernel -> kernel.topics().subscribe(topic, handler));
    }
}
