package dev.rustnet.core.kernel;

import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.link.Identity;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.log.BroadcastLogs;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.message.Messages;
import java.util.SortedSet;

/**
 * What the contexts of all components of one node share.
 *
 * @param headers names of all headers, which grow while components start and are read in handshakes
 * @param fatal told who ends the node, and why
 */
record NodeParts(
        Plan plan,
        Environment environment,
        Identity identity,
        SortedSet<String> headers,
        EventLoop loop,
        LinkLayer links,
        BroadcastLogs logs,
        Messages messages,
        TopicBus topics,
        Services services,
        Failures failures,
        Fatal fatal) {
    /** Ends the incarnation. */
    interface Fatal {
        /** The node ends with it, as failed. */
        void fail(String who, String sentence);

        /** The next one follows. */
        void startAnew(String who, String sentence);
    }
}
