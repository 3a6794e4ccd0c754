package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;

/** The logs of all broadcast services of one node. Used on the loop, or while the node is built. */
public final class BroadcastLogs {
    /**
     * The bounds of one log.
     *
     * @param windowBytes bytes of each source's messages that may be outstanding
     * @param windowMessages the same in messages
     */
    public record Window(int windowBytes, int windowMessages) {}

    public BroadcastLogs(
            ProcessId self,
            LinkLayer links,
            EventLoop loop,
            PayloadCodec codec,
            Counters counters,
            System.Logger log,
            long deliveryBudgetNanos,
            int maxMessageLength) {
        throw new UnsupportedOperationException("being written");
    }

    /** Adds a header to every broadcast; while the node is built. */
    public void stamp(BroadcastHeader<?> header) {
        throw new UnsupportedOperationException("being written");
    }

    /** Opens the log of a component; while the node is built. */
    public BroadcastLog open(
            String component,
            Window window,
            BroadcastLog.Retention retention,
            BroadcastLog.Acknowledgement acknowledgement,
            BroadcastProtocol protocol) {
        throw new UnsupportedOperationException("being written");
    }

    /** Sets who counts, and hands the first view to the protocols; once, after the components have been wired. */
    public void attach(GroupMembership membership) {
        throw new UnsupportedOperationException("being written");
    }

    /** Lets go of application threads that wait in a window, and fails what is tracked. The node is stopping. */
    public void close() {
        throw new UnsupportedOperationException("being written");
    }
}
