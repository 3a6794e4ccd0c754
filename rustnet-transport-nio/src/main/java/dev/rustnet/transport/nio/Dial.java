package dev.rustnet.transport.nio;

import dev.rustnet.transport.ConnectionHandler.DialFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: resolves the name, then tries its addresses one after the other, each with an equal share of the
 * time that is left. Its result is always reported from a turn of its own, never from the call that started it.
 */
final class Dial extends Source {
    /** Turns a name into addresses; may block. */
    interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    // Injected
    private final Reactor reactor;
    private final NioSettings settings;
    private final NioConnection connection;
    private final long timeoutNanos;

    // State
    private final StringJoiner details = new StringJoiner("; ");
    private List<InetSocketAddress> addresses = List.of();
    private int tried;
    private long endNanos;
    private @Nullable SocketChannel channel;
    private @Nullable DialFailure failure;
    /** All has been tried: the failure is to be reported. */
    private boolean failed;

    private boolean finished;

    Dial(Reactor reactor, NioSettings settings, NioConnection connection, long timeoutNanos) {
        this.reactor = reactor;
        this.settings = settings;
        this.connection = connection;
        this.timeoutNanos = timeoutNanos;
    }

    /** Starts. Never throws, never calls the handler. */
    void start(String address, Resolver resolver, Executor blocking) {
        endNanos = reactor.nanos() + timeoutNanos;
        reactor.expireAfter(this, timeoutNanos);
        HostPort target;
        try {
            target = HostPort.parse(address);
        } catch (IllegalArgumentException e) {
            fail(DialFailure.UNRESOLVED, "\"" + address + "\" " + e.getMessage());
            return;
        }
        if (target.literal()) {
            resolve(target, resolver).run();
            return;
        }
        try {
            blocking.execute(() -> reactor.hand(resolve(target, resolver)));
        } catch (RejectedExecutionException e) {
            fail(DialFailure.FAILED, target.host() + " cannot be resolved: the node is stopping");
        }
    }

    @Override
    void ready(int operations) {
        reactor.enqueue(this);
    }

    @Override
    void work(long untilNanos) {
        if (!finished && !failed && channel != null) {
            finishConnect(channel);
        }
        if (!finished && failed) {
            close();
            reactor.event().dialFailed(connection, failure == null ? DialFailure.FAILED : failure, details.toString());
        }
    }

    @Override
    void expired() {
        if (finished || failed) {
            return;
        }
        note(
                DialFailure.TIMEOUT,
                (channel == null ? "name resolution" : HostPort.format(addresses.get(tried - 1))) + ": no answer");
        closeChannel();
        tryNext();
    }

    @Override
    void close() {
        finished = true;
        reactor.forget(this);
        closeChannel();
        connection.notConnected();
    }

    private Runnable resolve(HostPort target, Resolver resolver) {
        try {
            List<InetSocketAddress> resolved = resolver.resolve(target.host()).stream()
                    .map(ip -> new InetSocketAddress(ip, target.port()))
                    .toList();
            return () -> resolved(resolved);
        } catch (UnknownHostException | RuntimeException e) {
            String detail = target.host() + " cannot be resolved: " + Sockets.text(e);
            return () -> failUnresolved(detail);
        }
    }

    private void resolved(List<InetSocketAddress> resolved) {
        if (!finished && !failed) {
            addresses = resolved;
            tryNext();
        }
    }

    private void failUnresolved(String detail) {
        if (!finished && !failed) {
            fail(DialFailure.UNRESOLVED, detail);
        }
    }

    private void tryNext() {
        while (tried < addresses.size()) {
            InetSocketAddress address = addresses.get(tried);
            long left = endNanos - reactor.nanos();
            if (left <= 0) {
                break;
            }
            int untried = addresses.size() - tried;
            tried++;
            try {
                connect(address);
                reactor.expireAfter(this, left / untried);
                return;
            } catch (IOException | RuntimeException e) {
                attemptFailed(e);
            }
        }
        failed = true;
        reactor.enqueue(this);
    }

    private void connect(InetSocketAddress address) throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        Sockets.prepare(opened, settings);
        boolean connected = opened.connect(address);
        reactor.register(opened, connected ? 0 : SelectionKey.OP_CONNECT, this);
        if (connected) {
            reactor.enqueue(this);
        }
    }

    private void finishConnect(SocketChannel connecting) {
        try {
            if (!connecting.finishConnect()) {
                return;
            }
            if (connecting.getLocalAddress().equals(connecting.getRemoteAddress())) {
                // The operating system chose the very port that is being dialled, and nobody else listens there.
                throw new ConnectException("Connection refused");
            }
            SelectionKey key = reactor.register(connecting, SelectionKey.OP_READ, connection);
            finished = true;
            reactor.forget(this);
            connection.connected(new PlainWire(connecting, key));
        } catch (IOException e) {
            attemptFailed(e);
            tryNext();
            return;
        }
        reactor.event().opened(connection);
    }

    private void attemptFailed(Exception error) {
        closeChannel();
        note(kind(error), HostPort.format(addresses.get(tried - 1)) + ": " + Sockets.text(error));
    }

    /**
     * Of several addresses that fail in different ways, no answer says most (somebody may be there all the same), and
     * an error of this machine least (it has no IPv6, say).
     */
    private void note(DialFailure kind, String detail) {
        if (failure == null || kind == DialFailure.TIMEOUT || failure == DialFailure.FAILED) {
            failure = kind;
        }
        details.add(detail);
    }

    private void fail(DialFailure kind, String detail) {
        note(kind, detail);
        failed = true;
        reactor.enqueue(this);
    }

    private static DialFailure kind(Exception error) {
        if (!(error instanceof ConnectException)) {
            return DialFailure.FAILED;
        }
        // The JDK throws the same exception for both.
        return Sockets.text(error).contains("timed out") ? DialFailure.TIMEOUT : DialFailure.REFUSED;
    }

    private void closeChannel() {
        if (channel != null) {
            Sockets.closeQuietly(channel);
            channel = null;
        }
    }
}
