package dev.rustnet.transport.nio;

import dev.rustnet.transport.TransportException;
import dev.rustnet.transport.TransportException.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** Accepts connections. When the machine cannot take any more for now, it pauses and goes on later. */
final class Listener extends Source {
    /** What comes beyond waits for the next poll, so that a flood of connections does not hold up the others. */
    private static final int ACCEPTS_PER_TURN = 64;

    private static final long REPORT_INTERVAL_NANOS = 60_000_000_000L;

    // Injected
    private final Reactor reactor;
    private final NioSettings settings;
    private final int maxFrameLength;
    private final int maxConnections;
    private final System.Logger log;
    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final String localAddress;

    // State
    private boolean failing;
    private long refused;
    private long reportedRefusals;
    private long lastReportNanos;

    /** @throws TransportException when {@code bind} cannot be listened on */
    Listener(
            Reactor reactor,
            NioSettings settings,
            String bind,
            int maxFrameLength,
            int maxConnections,
            System.Logger log) {
        this.reactor = reactor;
        this.settings = settings;
        this.maxFrameLength = maxFrameLength;
        this.maxConnections = maxConnections;
        this.log = log;
        HostPort address = parse(bind);
        InetAddress ip = resolve(address);
        ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open();
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (settings.receiveBuffer() > 0) {
                // Before the connections are there: the size of the TCP window is negotiated when they come.
                opened.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBuffer());
            }
            opened.bind(new InetSocketAddress(ip, address.port()), settings.backlog());
            this.key = reactor.register(opened, SelectionKey.OP_ACCEPT, this);
            this.channel = opened;
            this.localAddress =
                    HostPort.format(address.host(), ((InetSocketAddress) opened.getLocalAddress()).getPort());
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                Sockets.closeQuietly(opened);
            }
            throw cannotListen(address, ip, e);
        }
    }

    /** {@code host:port}, the host as configured, the port as it is. */
    String localAddress() {
        return localAddress;
    }

    @Override
    void ready(int operations) {
        reactor.enqueue(this);
    }

    @Override
    void work(long untilNanos) {
        for (int i = 0; i < ACCEPTS_PER_TURN && channel.isOpen(); i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                pause(e);
                return;
            }
            if (accepted == null) {
                failing = false;
                return;
            }
            if (reactor.connections() >= maxConnections && !reactor.hurryOne()) {
                Sockets.closeQuietly(accepted);
                refused();
            } else {
                take(accepted);
            }
        }
    }

    @Override
    void expired() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    @Override
    void close() {
        reactor.forget(this);
        Sockets.closeQuietly(channel);
    }

    private void take(SocketChannel accepted) {
        NioConnection connection;
        try {
            Sockets.prepare(accepted, settings);
            String remote = HostPort.format((InetSocketAddress) accepted.getRemoteAddress());
            connection = new NioConnection(reactor, settings, maxFrameLength, false, remote);
            SelectionKey accept = reactor.register(accepted, SelectionKey.OP_READ, connection);
            connection.connected(new PlainWire(accepted, accept));
        } catch (IOException | RuntimeException e) {
            // It has gone again already.
            Sockets.closeQuietly(accepted);
            return;
        }
        reactor.event().accepted(connection);
    }

    private void pause(IOException error) {
        if (!failing) {
            failing = true;
            log.log(
                    Level.WARNING,
                    "RN-036 Connections to " + localAddress + " cannot be accepted for now: " + Sockets.text(error)
                            + ". Trying again every " + settings.acceptPause().toMillis()
                            + " ms. Connections that are open go on."
                            + "\n  fix  when it says \"too many open files\", raise the limit (ulimit -n), or lower"
                            + " rustnet.node.max-peers");
        }
        key.interestOps(0);
        reactor.expireAfter(this, settings.acceptPause().toNanos());
    }

    private void refused() {
        refused++;
        long now = reactor.nanos();
        if (reportedRefusals == 0 || now - lastReportNanos >= REPORT_INTERVAL_NANOS) {
            log.log(
                    Level.WARNING,
                    "RN-037 " + count(refused - reportedRefusals) + " to " + localAddress
                            + " closed at once since the last report: " + maxConnections
                            + " are open already, and no more are allowed");
            reportedRefusals = refused;
            lastReportNanos = now;
        }
    }

    private static String count(long connections) {
        return connections == 1 ? "1 connection" : connections + " connections";
    }

    private static HostPort parse(String bind) {
        try {
            return HostPort.parse(bind);
        } catch (IllegalArgumentException e) {
            throw new TransportException(
                    Reason.NOT_LOCAL, "Cannot listen on \"" + bind + "\": it " + e.getMessage(), e);
        }
    }

    private static InetAddress resolve(HostPort address) {
        try {
            return InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            throw new TransportException(
                    Reason.NOT_LOCAL, "Cannot listen on " + address + ": the name cannot be resolved", e);
        }
    }

    private static TransportException cannotListen(HostPort address, InetAddress ip, Exception error) {
        String prefix = "Cannot listen on " + address + ": ";
        boolean inUse = error instanceof BindException
                && Sockets.text(error).toLowerCase(Locale.ROOT).contains("in use");
        if (inUse) {
            return new TransportException(Reason.ADDRESS_IN_USE, prefix + "another program has this port", error);
        }
        if (error instanceof BindException && !ofThisMachine(ip)) {
            return new TransportException(
                    Reason.NOT_LOCAL, prefix + ip.getHostAddress() + " is not an address of this machine", error);
        }
        return new TransportException(Reason.OTHER, prefix + Sockets.text(error), error);
    }

    private static boolean ofThisMachine(InetAddress ip) {
        try {
            return ip.isAnyLocalAddress() || NetworkInterface.getByInetAddress(ip) != null;
        } catch (IOException e) {
            return true;
        }
    }
}
