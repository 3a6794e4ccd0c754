package dev.rustnet.core.link;

import dev.rustnet.bus.Subscription;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.MessageHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The fair-loss messages of one component: for each peer the latest one that has not left yet. */
final class LatestMessages implements FairLossLinks, Section {
    // Injected
    private final LinkLayer links;
    private final String component;
    private final Counter dropped;

    // State
    private final ByteBuffer[] unsent;
    private @Nullable MessageHandler handler;

    LatestMessages(LinkLayer links, String component, int peers, Counter dropped) {
        this.links = links;
        this.component = component;
        this.dropped = dropped;
        this.unsent = new ByteBuffer[peers];
    }

    @Override
    public void onReceive(MessageHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public void send(int rank, ByteBuffer message) {
        if (message.remaining() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a fair-loss message has at most " + MAX_LENGTH + " bytes, not " + message.remaining());
        }
        if (!links.connected(rank)) {
            links.want(rank);
            dropped.increment();
            return;
        }
        if (unsent[rank] == null) {
            unsent[rank] = ByteBuffer.allocate(MAX_LENGTH).limit(0);
        } else if (unsent[rank].hasRemaining()) {
            dropped.increment(); // replaced before it left
        }
        unsent[rank].clear().put(message).flip();
        links.changed(rank);
    }

    @Override
    public String name() {
        return "fair-loss/" + component;
    }

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public boolean confirmed() {
        return false;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        ByteBuffer message = unsent[rank];
        if (message != null) {
            out.put(message);
        }
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        if (handler != null) {
            handler.receive(from, in);
        }
    }

    @Override
    public void refresh(int rank) {
        // Fair loss: what was lost stays lost.
    }

    @Override
    public long lastHeardNanos(int rank) {
        return links.lastHeardNanos(rank);
    }

    @Override
    public boolean connected(int rank) {
        return links.connected(rank);
    }

    @Override
    public void probe(int rank) {
        links.probe(rank);
    }

    @Override
    public void want(int rank) {
        links.want(rank);
    }

    @Override
    public boolean wanted(int rank) {
        return links.wanted(rank);
    }

    @Override
    public Subscription listen(ConnectionListener listener) {
        return links.listen(listener);
    }
}
