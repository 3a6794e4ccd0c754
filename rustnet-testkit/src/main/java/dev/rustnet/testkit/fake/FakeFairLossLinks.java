package dev.rustnet.testkit.fake;

import dev.rustnet.bus.Subscription;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.MessageHandler;
import dev.rustnet.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections that come and go, and messages that arrive, when a test says so; records what was sent. */
public final class FakeFairLossLinks implements FairLossLinks {
    /**
     * @param to the rank of the receiver
     * @param message a read-only copy
     */
    public record Sent(int to, ByteBuffer message) {}

    // Injected
    private final Clock clock;

    // State
    private final List<Sent> sent = new ArrayList<>();
    private final List<Integer> probes = new ArrayList<>();
    private final List<Integer> wants = new ArrayList<>();
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private final @Nullable ProcessId[] connected;
    private final long[] lastHeardNanos;
    private @Nullable MessageHandler handler;

    public FakeFairLossLinks(int groupSize, Clock clock) {
        this.clock = clock;
        this.connected = new ProcessId[groupSize];
        this.lastHeardNanos = new long[groupSize];
        Arrays.fill(lastHeardNanos, Long.MIN_VALUE);
    }

    /** The handshake with that process is done. */
    public void connect(int rank, ProcessId peer) {
        connected[rank] = peer;
        hear(rank);
        List.copyOf(listeners).forEach(listener -> listener.up(rank, peer));
    }

    /** The connection with that process ends. */
    public void disconnect(int rank, Ending ending) {
        ProcessId peer = connected[rank];
        if (peer == null) {
            throw new IllegalStateException("there is no connection with rank " + rank);
        }
        connected[rank] = null;
        List.copyOf(listeners).forEach(listener -> listener.down(rank, peer, ending));
    }

    /** A dial of that process was refused. */
    public void refuse(int rank) {
        List.copyOf(listeners).forEach(listener -> listener.refused(rank));
    }

    /** Some bytes arrive from that process, for another component. */
    public void hear(int rank) {
        lastHeardNanos[rank] = clock.nanos();
    }

    /** A message for this component arrives from the process connected there. */
    public void arrive(int rank, byte... message) {
        ProcessId peer = connected[rank];
        if (peer == null) {
            throw new IllegalStateException("there is no connection with rank " + rank);
        }
        hear(rank);
        if (handler != null) {
            handler.receive(peer, ByteBuffer.wrap(message));
        }
    }

    /** What was sent so far, in order. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** The ranks that were probed so far, in order. */
    public List<Integer> probes() {
        return List.copyOf(probes);
    }

    /** The ranks with which a connection is wanted, in order. */
    public List<Integer> wants() {
        return List.copyOf(wants);
    }

    @Override
    public void onReceive(MessageHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public void send(int rank, ByteBuffer message) {
        ByteBuffer copy = ByteBuffer.allocate(message.remaining());
        copy.put(message).flip();
        sent.add(new Sent(rank, copy.asReadOnlyBuffer()));
    }

    @Override
    public long lastHeardNanos(int rank) {
        return lastHeardNanos[rank];
    }

    @Override
    public boolean connected(int rank) {
        return connected[rank] != null;
    }

    @Override
    public void probe(int rank) {
        probes.add(rank);
    }

    @Override
    public void want(int rank) {
        wants.add(rank);
    }

    @Override
    public Subscription listen(ConnectionListener listener) {
        listeners.add(listener);
        for (int rank = 0; rank < connected.length; rank++) {
            ProcessId peer = connected[rank];
            if (peer != null) {
                listener.up(rank, peer);
            }
        }
        return () -> listeners.remove(listener);
    }
}
