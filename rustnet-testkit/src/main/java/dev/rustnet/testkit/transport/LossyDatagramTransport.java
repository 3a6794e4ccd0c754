package dev.rustnet.testkit.transport;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.ConnectionHandler.Closing;
import dev.rustnet.transport.ConnectionHandler.DialFailure;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import dev.rustnet.transport.TransportProvider;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transport on UDP that, on top of what UDP does, loses, doubles and reorders datagrams as a seed says. It promises no
 * more than fair loss: a connection is a number that both ends know, its end may be lost like anything else, and a frame
 * counts once all its pieces are there. For tests on one machine: it checks nobody's identity.
 *
 * <p>A dial is repeated until it is answered or its time is over; nobody listening is told by silence alone.
 */
public final class LossyDatagramTransport implements Transport {
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;
    private static final long DIAL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_HELD = 64;
    /** Datagrams of one poll: then timers and everything else have their turn. */
    private static final int MAX_PER_POLL = 256;

    /** @param id the number of the connection, drawn by who dials */
    private record Key(SocketAddress remote, long id) {}

    private record Held(ByteBuffer datagram, SocketAddress to) {}

    // Injected
    private final TransportProvider.Settings settings;
    private final Faults faults;
    private final Random faulty;
    private final Random ids = new Random();

    // State
    private final ByteBuffer incoming = ByteBuffer.allocate(Datagram.MAX_LENGTH);
    private final Map<Key, DatagramConnection> connections = new HashMap<>();
    private final ArrayDeque<Runnable> reports = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private @Nullable ConnectionHandler handler;
    private @Nullable DatagramChannel channel;
    private volatile @Nullable Selector selector;
    private boolean closed;
    private long lost;

    /**
     * How bad it is.
     *
     * @param seed the same seed and the same sends give the same losses
     * @param loss share of datagrams that are lost, from 0 to 1
     * @param duplication share of datagrams that are sent twice
     * @param reordering share of datagrams that are held until some later ones have been sent
     */
    public record Faults(long seed, double loss, double duplication, double reordering) {
        /** Nothing but what UDP itself does. */
        public static Faults none() {
            return new Faults(0, 0, 0, 0);
        }
    }

    public LossyDatagramTransport(TransportProvider.Settings settings, Faults faults) {
        this.settings = settings;
        this.faults = faults;
        this.faulty = new Random(faults.seed());
    }

    @Override
    public void open(ConnectionHandler handler) {
        if (closed || channel != null) {
            throw new IllegalStateException("a transport is opened once");
        }
        try {
            DatagramChannel opened = DatagramChannel.open();
            channel = opened;
            opened.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            opened.configureBlocking(false);
            opened.bind(resolve(settings.bind()));
            Selector waiting = Selector.open();
            opened.register(waiting, SelectionKey.OP_READ);
            selector = waiting;
            this.handler = handler;
        } catch (BindException e) {
            throw failure(TransportException.Reason.ADDRESS_IN_USE, e);
        } catch (IOException | IllegalArgumentException e) {
            throw failure(TransportException.Reason.OTHER, e);
        }
    }

    private TransportException failure(TransportException.Reason reason, Exception cause) {
        close();
        return new TransportException(reason, "Cannot listen on " + settings.bind() + ": " + cause.getMessage(), cause);
    }

    private static InetSocketAddress resolve(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(address + " is not host:port");
        }
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    @Override
    public String localAddress() {
        try {
            var local = (InetSocketAddress)
                    Objects.requireNonNull(channel(), "open comes first").getLocalAddress();
            return text(local);
        } catch (IOException e) {
            throw new IllegalStateException("the transport is closed", e);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** How many datagrams this transport has lost on purpose. */
    public long lost() {
        return lost;
    }

    @Override
    public Connection dial(String address) {
        InetSocketAddress remote = null;
        String problem = address + " cannot be resolved";
        try {
            remote = resolve(address);
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        var connection = new DatagramConnection(this, address, remote, ids.nextLong(), true);
        String detail = problem;
        if (closed) {
            connection.close();
        } else if (remote == null || remote.isUnresolved()) {
            reports.add(() -> fail(connection, DialFailure.UNRESOLVED, detail));
        } else {
            connections.put(new Key(remote, connection.id()), connection);
            connection.dialledUntil(System.nanoTime() + settings.dialTimeout().toNanos());
            send(connection, Datagram.DIAL);
        }
        return connection;
    }

    // Polling

    @Override
    public boolean poll(long timeoutNanos) {
        Selector waiting = Objects.requireNonNull(selector, "open comes before poll");
        if (closed) {
            return false;
        }
        boolean any = report();
        releaseHeld(0);
        try {
            select(waiting, any || !reports.isEmpty() ? 0 : timeoutNanos);
            any |= receiveAll();
        } catch (ClosedSelectorException e) {
            return any; // The handler has closed the transport.
        } catch (IOException e) {
            settings.log().log(System.Logger.Level.WARNING, "receiving failed: " + e.getMessage());
        }
        dialAgain();
        any |= report();
        return any;
    }

    private void select(Selector waiting, long timeoutNanos) throws IOException {
        waiting.selectedKeys().clear();
        boolean dialling = connections.values().stream().anyMatch(DatagramConnection::dialling);
        long nanos = timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos;
        if (dialling) {
            nanos = Math.min(nanos, DIAL_AGAIN_NANOS);
        }
        if (nanos == 0) {
            waiting.selectNow();
        } else if (nanos == Long.MAX_VALUE) {
            waiting.select();
        } else {
            waiting.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    private boolean report() {
        int count = reports.size();
        for (int i = 0; i < count && !closed; i++) {
            reports.remove().run();
        }
        return count > 0;
    }

    private boolean receiveAll() throws IOException {
        boolean any = false;
        for (int i = 0; i < MAX_PER_POLL && !closed; i++) {
            SocketAddress from = channel().receive(incoming.clear());
            if (from == null) {
                break;
            }
            any |= receive(from, incoming.flip());
        }
        return any;
    }

    /** @return whether that was an event */
    private boolean receive(SocketAddress from, ByteBuffer datagram) {
        Datagram head = Datagram.read(datagram);
        if (head == null) {
            return false;
        }
        DatagramConnection connection = connections.get(new Key(from, head.id()));
        return switch (head.kind()) {
            case Datagram.DIAL -> dialled(from, head.id(), connection);
            case Datagram.ACCEPTED -> answered(from, head.id(), connection);
            case Datagram.DATA -> data(from, connection, head, datagram);
            case Datagram.CLOSED -> ended(connection, Closing.END_OF_STREAM);
            default -> ended(connection, Closing.RESET);
        };
    }

    private boolean dialled(SocketAddress from, long id, @Nullable DatagramConnection known) {
        if (known != null) {
            send(known, Datagram.ACCEPTED); // The answer has been lost.
            return false;
        }
        if (connections.size() >= settings.maxConnections()) {
            reply(from, id, Datagram.RESET);
            return false;
        }
        var connection = new DatagramConnection(this, text((InetSocketAddress) from), from, id, false);
        connections.put(new Key(from, id), connection);
        send(connection, Datagram.ACCEPTED);
        handler().accepted(connection);
        return true;
    }

    private boolean answered(SocketAddress from, long id, @Nullable DatagramConnection connection) {
        if (connection == null) {
            reply(from, id, Datagram.RESET);
        } else if (connection.dialling()) {
            connection.answered();
            handler().opened(connection);
            return true;
        }
        return false;
    }

    private boolean data(SocketAddress from, @Nullable DatagramConnection connection, Datagram head, ByteBuffer piece) {
        if (connection == null) {
            reply(from, head.id(), Datagram.RESET);
            return false;
        }
        if (connection.dialling()) {
            return false; // It has overtaken the answer to the dial: lost.
        }
        if (head.length() > settings.maxFrameLength()) {
            reply(from, head.id(), Datagram.RESET);
            return ended(connection, Closing.BAD_FRAME);
        }
        ByteBuffer frame = connection.gather(head, piece);
        if (frame == null) {
            return false;
        }
        handler().received(connection, frame);
        return true;
    }

    private boolean ended(@Nullable DatagramConnection connection, Closing closing) {
        if (connection == null) {
            return false;
        }
        boolean dialling = connection.dialling();
        forget(connection);
        if (dialling) {
            handler().dialFailed(connection, DialFailure.REFUSED, connection.remoteAddress() + " does not want it");
        } else {
            handler().closed(connection, closing, "told by the other end");
        }
        return true;
    }

    private void fail(DatagramConnection connection, DialFailure failure, String detail) {
        if (connection.dialling()) {
            forget(connection);
            handler().dialFailed(connection, failure, detail);
        }
    }

    private void dialAgain() {
        long now = System.nanoTime();
        for (DatagramConnection connection : List.copyOf(connections.values())) {
            if (connection.dialling() && connection.overdue(now)) {
                reports.add(
                        () -> fail(connection, DialFailure.TIMEOUT, "no answer from " + connection.remoteAddress()));
            } else if (connection.dialling() && connection.isTimeToDialAgain(now, DIAL_AGAIN_NANOS)) {
                send(connection, Datagram.DIAL);
            }
        }
    }

    // Sending

    int maxFrameLength() {
        return settings.maxFrameLength();
    }

    void send(DatagramConnection connection, byte kind) {
        reply(Objects.requireNonNull(connection.remote()), connection.id(), kind);
    }

    private void reply(SocketAddress to, long id, byte kind) {
        transmit(Datagram.of(kind, id), to);
    }

    /** Sends a datagram, or does not, or does so twice, or later. */
    void transmit(ByteBuffer datagram, SocketAddress to) {
        if (chance(faults.loss())) {
            lost++;
            return;
        }
        int copies = chance(faults.duplication()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (held.size() < MAX_HELD && chance(faults.reordering())) {
                held.add(new Held(datagram.duplicate(), to));
            } else {
                transmitNow(datagram.duplicate(), to);
                releaseHeld(faulty.nextInt(MAX_HELD));
            }
        }
    }

    private void releaseHeld(int kept) {
        while (held.size() > kept) {
            Held next = held.remove();
            transmitNow(next.datagram(), next.to());
        }
    }

    private void transmitNow(ByteBuffer datagram, SocketAddress to) {
        try {
            channel().send(datagram, to); // What the system has no room for is lost.
        } catch (IOException e) {
            settings.log().log(System.Logger.Level.DEBUG, "a datagram to " + to + " is lost: " + e.getMessage());
        }
    }

    private boolean chance(double share) {
        return share > 0 && faulty.nextDouble() < share;
    }

    // Ends

    void forget(DatagramConnection connection) {
        connection.gone();
        SocketAddress remote = connection.remote();
        if (remote != null) {
            connections.remove(new Key(remote, connection.id()), connection);
        }
    }

    @Override
    public void wakeup() {
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        new ArrayList<>(connections.values()).forEach(Connection::close);
        closed = true;
        try {
            Selector waiting = selector;
            if (waiting != null) {
                releaseHeld(0);
                waiting.close();
            }
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            settings.log().log(System.Logger.Level.WARNING, "closing failed: " + e.getMessage());
        }
    }

    private ConnectionHandler handler() {
        return Objects.requireNonNull(handler);
    }

    private DatagramChannel channel() {
        return Objects.requireNonNull(channel);
    }
}
