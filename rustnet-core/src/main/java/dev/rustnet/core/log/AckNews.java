package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastLog.Acknowledgement;
import dev.rustnet.core.link.LinkLayer;

/**
 * When others learn that the own row of the {@link AckMatrix} has changed: at the end of the turn where an algorithm or a
 * window waits for it, else soon, with whatever travels there.
 */
final class AckNews {
    private static final int CREDIT_AT_ONCE_SHARE = 8;

    // Injected
    private final LinkLayer links;
    private final BroadcastLogs.Window bounds;
    private final boolean toAllAtOnce;
    private final int self;
    private final int[] linkRank;

    // State: consumed since credit was last given at once, by source
    private final long[] messages;
    private final long[] bytes;

    AckNews(LinkLayer links, BroadcastLogs.Window bounds, Acknowledgement acknowledgement, int self, int[] linkRank) {
        this.links = links;
        this.bounds = bounds;
        this.toAllAtOnce = acknowledgement == Acknowledgement.TO_ALL;
        this.self = self;
        this.linkRank = linkRank;
        messages = new long[linkRank.length];
        bytes = new long[linkRank.length];
    }

    /** Messages were received. */
    void received() {
        tellAll(toAllAtOnce);
    }

    /** Messages were consumed: their source learns it at once when that opens a good part of its window. */
    void consumed(int source, long consumedMessages, long consumedBytes) {
        tellAll(false);
        messages[source] += consumedMessages;
        bytes[source] += consumedBytes;
        if (messages[source] * CREDIT_AT_ONCE_SHARE > bounds.windowMessages()
                || bytes[source] * CREDIT_AT_ONCE_SHARE > bounds.windowBytes()) {
            messages[source] = 0;
            bytes[source] = 0;
            links.changed(linkRank[source]);
        }
    }

    private void tellAll(boolean now) {
        for (int to = 0; to < linkRank.length; to++) {
            if (to == self) {
                continue;
            }
            if (now) {
                links.changed(linkRank[to]);
            } else {
                links.changedSoon(linkRank[to]);
            }
        }
    }
}
