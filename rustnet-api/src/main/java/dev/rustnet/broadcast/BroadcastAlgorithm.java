package dev.rustnet.broadcast;

import java.util.function.Function;

/**
 * The algorithm of a broadcast service, for the log of another component, which adds a guarantee of its own. That log has
 * its own numbers and windows; who is sent what, and when a message is sure enough to be delivered, is decided as in the
 * service itself. Used while the node is built.
 *
 * @param retention how the log must retain messages
 * @param acknowledgement to whom the log must acknowledge
 * @param onLog sets the algorithm to work on a log, once for each. Whoever owns that log passes its events on to what is
 *     returned, and may hold back what it {@linkplain BroadcastLog#deliver delivers}; {@link BroadcastLog#delivered} must
 *     tell the algorithm of its own calls
 */
public record BroadcastAlgorithm(
        BroadcastLog.Retention retention,
        BroadcastLog.Acknowledgement acknowledgement,
        Function<BroadcastLog, BroadcastProtocol> onLog) {
    /** Sets it to work on {@code log}. */
    public BroadcastProtocol workOn(BroadcastLog log) {
        return onLog.apply(log);
    }
}
