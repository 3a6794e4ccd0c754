package dev.rustnet.bus;

import java.util.function.Consumer;

/**
 * In-process publish and subscribe between the components of one node.
 *
 * <p>All methods are called on the node's loop, except before the node starts, when the thread that builds it calls
 * them. A notice is handed to the subscribers of its topic in a later turn of the loop than the one that published it,
 * in the order of publication, to each subscriber in the order of subscription.
 */
public interface TopicBus {
    /** Queues {@code notice} for every present subscriber of {@code topic}. Never calls a subscriber itself. */
    <T> void publish(Topic<T> topic, T notice);

    /** Calls {@code handler} on the loop for each later notice of {@code topic} until the subscription is cancelled. */
    <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler);
}
