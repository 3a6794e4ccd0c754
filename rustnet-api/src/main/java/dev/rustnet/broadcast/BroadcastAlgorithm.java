package dev.rustnet.broadcast;

/**
 * The algorithm of a broadcast service, for the log of another component, which adds a guarantee of its own. That log has
 * its own numbers and windows; who is sent what, and when a message is sure enough to be delivered, is decided as in the
 * service itself. Used while the node is built.
 */
public interface BroadcastAlgorithm {
    /** How the log must retain messages. */
    BroadcastLog.Retention retention();

    /** To whom the log must acknowledge. */
    BroadcastLog.Acknowledgement acknowledgement();

    /**
     * Sets the algorithm to work on {@code log}, once for each log. Whoever owns that log passes its events on to what is
     * returned, and may hold back what it {@linkplain BroadcastLog#deliver delivers}; {@link BroadcastLog#delivered} must
     * tell the algorithm of its own calls.
     */
    BroadcastProtocol workOn(BroadcastLog log);
}
