package dev.rustnet.core.link;

import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.LinkHeader;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.transport.Transport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** All links of one node. Used on the loop, or while the node is built. */
public final class LinkLayer {
    /**
     * @param onExcluded told, on the loop, the sentence with which a peer says that this incarnation is out for good
     */
    public LinkLayer(
            Identity identity,
            LinkSettings settings,
            EventLoop loop,
            RandomGenerator random,
            Counters counters,
            System.Logger log,
            Consumer<String> onExcluded) {
        throw new UnsupportedOperationException("being written");
    }

    /** Fair-loss messages of that component. */
    public FairLossLinks fairLoss(String component) {
        throw new UnsupportedOperationException("being written");
    }

    /** Perfect links of that component. */
    public PerfectLinks perfect(String component) {
        throw new UnsupportedOperationException("being written");
    }

    /** Adds a header to every batch. */
    public LinkHeader.Trigger annotate(LinkHeader header) {
        throw new UnsupportedOperationException("being written");
    }

    /** Sets who decides about admission and removal; once, after the components have been wired. */
    public void attach(GroupMembership membership) {
        throw new UnsupportedOperationException("being written");
    }

    /** Opens the transport's listener. Called by the thread that starts the node, before the first turn. */
    public void open(Transport transport) {
        throw new UnsupportedOperationException("being written");
    }

    /** Starts to dial the other members. Called on the loop. */
    public void start() {
        throw new UnsupportedOperationException("being written");
    }

    /** Whether nothing waits to be sent or acknowledged on any live connection. For draining before a stop. */
    public boolean drained() {
        throw new UnsupportedOperationException("being written");
    }

    /** Says goodbye to all peers and closes their connections once that has left. No dial, no admission afterwards. */
    public void leave() {
        throw new UnsupportedOperationException("being written");
    }
}
