package dev.rustnet.bench.member;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * One process of a group under test, as one contender builds it, alone in its JVM. Whatever is delivered, the own messages
 * included, it hands to its {@link Deliveries}. Called by one thread.
 */
interface Member extends AutoCloseable {
    /** Opens the own port and returns when this process is connected with all others. */
    void join() throws Exception;

    /** Broadcasts for ever, as fast as flow control allows, in the way that suits the contender best; returns at once. */
    void flood(Messages messages);

    /** Broadcasts one message from a thread of the application; takes the array over. */
    void broadcast(byte[] message) throws Exception;

    /** Calls {@code action} when this process knows that another one is gone; set before {@link #join}. */
    void onLoss(Runnable action);

    /** Tells each change of views after the first view: {@code stopped NANOS}, then {@code view NUMBER NANOS}; set before {@link #join}. */
    default void onViews(Consumer<String> say) {}

    /** Bytes written to the network so far for other things than messages, and in all; 0 and 0 where nobody counts. */
    default Overhead overhead() {
        return new Overhead(0, 0);
    }

    @Override
    void close() throws IOException;

    /**
     * What else was written.
     *
     * @param control bytes that belong to no message
     * @param all bytes written
     */
    record Overhead(long control, long all) {}
}
