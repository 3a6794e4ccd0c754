package dev.rustnet.testkit.simulation;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transport of one process in a {@link SimulatedNetwork}. Frames are copied when they are sent and spoilt after they
 * were received, so that nobody gets away with keeping a buffer that is not his.
 */
final class SimulatedTransport implements Transport {
    // Injected
    private final SimulatedNetwork network;
    private final String address;
    private final String host;
    private final int maxFrameLength;
    private final long dialTimeoutNanos;
    private final Runnable wake;
    private final Runnable onSend;

    // State
    private final ArrayDeque<Consumer<ConnectionHandler>> arrived = new ArrayDeque<>();
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
    private @Nullable ConnectionHandler handler;
    private boolean closed;

    /**
     * @param wake told that there is something to poll
     * @param onSend told before each frame is sent; may crash the process
     */
    SimulatedTransport(
            SimulatedNetwork network,
            String address,
            int maxFrameLength,
            Duration dialTimeout,
            Runnable wake,
            Runnable onSend) {
        this.network = network;
        this.address = address;
        this.host = SimulatedNetwork.host(address);
        this.maxFrameLength = maxFrameLength;
        this.dialTimeoutNanos = dialTimeout.toNanos();
        this.wake = wake;
        this.onSend = onSend;
    }

    @Override
    public void open(ConnectionHandler handler) {
        if (!network.listen(address, this)) {
            throw new TransportException(
                    TransportException.Reason.ADDRESS_IN_USE,
                    address + " is in use",
                    new IllegalStateException("two transports listen on " + address));
        }
        this.handler = handler;
    }

    @Override
    public String localAddress() {
        return address;
    }

    @Override
    public Connection dial(String remote) {
        SimulatedConnection connection = new SimulatedConnection(network, this, SimulatedNetwork.host(remote), true);
        if (closed) {
            connection.close(); // The process has crashed in the middle of this turn.
        } else {
            connections.add(connection);
            network.dial(connection, remote, dialTimeoutNanos);
        }
        return connection;
    }

    /** The other end of a dial that has reached this host. */
    SimulatedConnection accept(SimulatedConnection dialling) {
        SimulatedConnection accepted = new SimulatedConnection(network, this, dialling.host(), false);
        connections.add(accepted);
        accepted.join(dialling);
        arrive(handler -> {
            if (accepted.established()) {
                handler.accepted(accepted);
            }
        });
        return accepted;
    }

    /** Queues what {@link #poll} will report. */
    void arrive(Consumer<ConnectionHandler> report) {
        if (!closed) {
            arrived.add(report);
            wake.run();
        }
    }

    @Override
    public boolean poll(long timeoutNanos) {
        ConnectionHandler to = Objects.requireNonNull(handler, "open comes before poll");
        int count = arrived.size();
        for (int i = 0; i < count && !closed; i++) {
            Consumer<ConnectionHandler> report = arrived.poll();
            if (report != null) {
                report.accept(to);
            }
        }
        return count > 0;
    }

    boolean hasArrivals() {
        return !arrived.isEmpty();
    }

    @Override
    public void wakeup() {
        wake.run();
    }

    @Override
    public void close() {
        if (!closed) {
            network.unlisten(address, this);
            List.copyOf(connections).forEach(SimulatedConnection::close);
            closed = true;
            arrived.clear();
        }
    }

    /** The process is gone, without a word to its handler. Its system closes its sockets, unless the host is gone too. */
    void crash(boolean hostToo) {
        network.unlisten(address, this);
        closed = true;
        arrived.clear();
        if (hostToo) {
            network.silence(host());
        }
        List.copyOf(connections).forEach(connection -> connection.crash(hostToo));
        connections.clear();
    }

    boolean closed() {
        return closed;
    }

    void beforeSend() {
        onSend.run();
    }

    void remove(SimulatedConnection connection) {
        connections.remove(connection);
    }

    String host() {
        return host;
    }

    int maxFrameLength() {
        return maxFrameLength;
    }
}
