package dev.rustnet.link;

import dev.rustnet.bus.Subscription;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/**
 * Fair-loss messages of one component (CGR 2.4.2) and a view of the connections below. A message may be lost,
 * duplicated or reordered. It needs no credit and overtakes all data that waits: for each peer only the latest unsent
 * message of the component is kept. Meant for heartbeats and other latest state of at most {@link #MAX_LENGTH} bytes.
 *
 * <p>All methods are called on the loop, or while the node is built.
 */
public interface FairLossLinks {
    /** The longest message, in bytes. */
    int MAX_LENGTH = 1024;

    /** Calls {@code handler} for each message that arrives for this component. At most one handler. */
    void onReceive(MessageHandler handler);

    /**
     * Sends the remaining bytes of {@code message} (copied) to the member of that rank in the group when the current
     * turn ends; replaces one that waits; lost, and counted, when there is no connection.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_LENGTH}
     */
    void send(int rank, ByteBuffer message);

    /** When the last byte from that member arrived, in {@code Clock.nanos()}; {@code Long.MIN_VALUE} when never. */
    long lastHeardNanos(int rank);

    /** Whether there is a connection with that member now, its handshake done. */
    boolean connected(int rank);

    /** Dials that member at once, without waiting for the back-off, when there is no connection. */
    void probe(int rank);

    /**
     * Has a connection with that member, from now on and as far as there can be one. Without effect where the node dials all
     * members; where it dials on demand ({@code rustnet.link.dial}), only those are dialled for whom some component wants it,
     * or has sent something.
     */
    default void want(int rank) {}

    /** Whether the node dials that member until there is a connection: all members, or, on demand, those wanted by now. */
    default boolean wanted(int rank) {
        return true;
    }

    /** Registers for changes of the connections; replays those that are up before it returns. */
    Subscription listen(ConnectionListener listener);

    /** What happens to connections. Called on the loop. */
    interface ConnectionListener {
        /** The handshake with that incarnation is done; a link to it is up. */
        default void up(int rank, ProcessId peer) {}

        /** The connection ended. Not a sign of a crash by itself. */
        default void down(int rank, ProcessId peer, Ending ending) {}

        /** Nobody listens where that member should: the dial was refused by its host. */
        default void refused(int rank) {}
    }

    /** How a connection ended. */
    enum Ending {
        /** The peer said goodbye: it stops in good order. */
        GOODBYE,
        /** The peer's system closed it in good order, without a goodbye. */
        END_OF_STREAM,
        /** It was reset, or failed otherwise. */
        RESET,
        /** This process closed it: a bad frame, a replaced connection, a removed member. */
        CLOSED_HERE
    }
}
