package dev.rustnet.broadcast;

import java.util.Optional;

/**
 * A broadcast service: every message reaches the members of the group, the sender included, with the guarantee named by
 * the sub-interface. It has many users, told apart by the names of their channels.
 *
 * <p>Each service delivers the messages of one sender in the order in which they were broadcast (FRB5), over all its
 * channels together.
 */
@FunctionalInterface
public interface Broadcast {
    /** The order that every broadcast service keeps, by its textbook name, for a descriptor. */
    String FIFO_DELIVERY = "FRB5 FIFO delivery";

    /**
     * The channel of that name; the same name gives the same channel. Every process that wants the messages opens it
     * under this name: a message for a channel that nobody opened is counted as {@code no-listener}. Any thread.
     *
     * @param name 1 to 64 characters of any kind; a hash of it stands for it on the wire
     * @throws IllegalArgumentException when it is empty or longer, or another channel of this service has the same hash,
     *     which the message says
     */
    Channel channel(String name);

    /**
     * A channel whose payloads are values of {@code type}, encoded by the node's record codec. The type must be
     * registered under the same name at every process.
     *
     * @throws IllegalArgumentException when {@code type} is not registered; the message says how to register it
     */
    default <T> TypedChannel<T> channel(String name, Class<T> type) {
        return channel(name).typed(type);
    }

    /**
     * The algorithm of this service, for a component that orders its messages and lets the algorithm work on a log of its
     * own. Empty for a service that cannot be built upon. While the node is built.
     */
    default Optional<BroadcastAlgorithm> algorithm() {
        return Optional.empty();
    }
}
