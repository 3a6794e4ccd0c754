package dev.rustnet.transport.nio;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import dev.rustnet.transport.TransportException.Reason;
import dev.rustnet.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections on one selector, polled by one thread. Guarantees on top of {@link Transport}: the frames of one
 * connection arrive in order, without loss or duplicate, until it ends; a poll ends within its budget and the time that the
 * handler takes for a few frames, and each connection with something to read has its turn before any has a second one; a
 * frame that the handler throws at counts as handed over, and all others follow in the next poll. A poll may return early
 * without an event, when only a part of a frame has arrived.
 */
public final class NioTransport implements Transport {
    private static final long FLUSH_AT_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    // Injected
    private final TransportProvider.Settings settings;
    private final NioSettings nioSettings;
    private final LongSupplier nanos;
    private final Dial.Resolver resolver;

    // State
    private volatile @Nullable Reactor reactor;
    private @Nullable Listener listener;
    private boolean closed;

    NioTransport(TransportProvider.Settings settings, LongSupplier nanos, Dial.Resolver resolver) {
        this.settings = settings;
        this.nioSettings = NioSettings.of(settings.config());
        this.nanos = nanos;
        this.resolver = resolver;
    }

    /** A transport that opens no socket yet. */
    static NioTransport create(TransportProvider.Settings settings) {
        return new NioTransport(settings, System::nanoTime, host -> List.of(InetAddress.getAllByName(host)));
    }

    @Override
    public void open(ConnectionHandler handler) {
        if (closed || reactor != null) {
            throw new IllegalStateException("a transport is opened once");
        }
        Reactor opened;
        try {
            opened = new Reactor(nioSettings, nanos, handler);
        } catch (IOException e) {
            throw new TransportException(
                    Reason.OTHER, "Cannot listen on " + settings.bind() + ": " + Sockets.text(e), e);
        }
        try {
            listener = new Listener(
                    opened,
                    nioSettings,
                    settings.bind(),
                    settings.maxFrameLength(),
                    settings.maxConnections(),
                    settings.log());
        } catch (TransportException e) {
            opened.close();
            throw e;
        }
        reactor = opened;
    }

    @Override
    public String localAddress() {
        if (listener == null) {
            throw new IllegalStateException("the transport has not been opened");
        }
        return listener.localAddress();
    }

    @Override
    public Connection dial(String address) {
        Reactor opened = opened();
        var connection = new NioConnection(opened, nioSettings, settings.maxFrameLength(), true, address);
        if (closed) {
            connection.close();
            return connection;
        }
        var dial =
                new Dial(opened, nioSettings, connection, settings.dialTimeout().toNanos());
        connection.dialling(dial);
        dial.start(address, resolver, settings.blocking());
        return connection;
    }

    @Override
    public boolean poll(long timeoutNanos) {
        return opened().poll(timeoutNanos);
    }

    @Override
    public void wakeup() {
        Reactor opened = reactor;
        if (opened != null) {
            opened.wakeup();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Reactor opened = reactor;
        if (opened == null) {
            return;
        }
        List<NioConnection> flushing = new ArrayList<>();
        for (Source source : opened.sources()) {
            if (source instanceof NioConnection connection && connection.flushing()) {
                flushing.add(connection);
            } else {
                source.close();
            }
        }
        flush(opened, flushing);
        flushing.forEach(Source::close);
        opened.close();
    }

    /** How many connections are open, those that are closing in good order included. */
    int connections() {
        return opened().connections();
    }

    /** Bytes of memory held for frames that have not arrived in full. */
    long gatheringBytes() {
        return opened().pool().takenBytes();
    }

    /** What waits on connections that are closing in good order gets a last, short chance to leave. */
    private static void flush(Reactor opened, List<NioConnection> flushing) {
        long end = opened.nanos() + FLUSH_AT_CLOSE_NANOS;
        while (true) {
            flushing.forEach(NioConnection::flush);
            flushing.removeIf(connection -> !connection.flushing());
            long left = end - opened.nanos();
            if (flushing.isEmpty() || left <= 0) {
                return;
            }
            flushing.forEach(NioConnection::stopReading);
            opened.await(left);
        }
    }

    private Reactor opened() {
        Reactor opened = reactor;
        if (opened == null) {
            throw new IllegalStateException("the transport has not been opened");
        }
        return opened;
    }
}
