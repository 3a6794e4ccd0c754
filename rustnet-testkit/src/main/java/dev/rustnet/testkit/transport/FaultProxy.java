package dev.rustnet.testkit.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that does to connections what networks do: it resets them, keeps bytes to itself,
 * holds them back, lets them through one by one, says things that nobody said, and says things again. Whoever dials
 * {@link #address} is connected with the target.
 *
 * <p>All methods may be called on any thread. The proxy has threads of its own, named {@code fault-proxy-<port>-...}; there
 * is none left when {@link #close} returns.
 */
public final class FaultProxy implements AutoCloseable {
    /** Which way bytes go. */
    public enum Direction {
        /** From who has dialled. */
        TO_TARGET,
        /** To who has dialled. */
        FROM_TARGET;

        Direction opposite() {
            return this == TO_TARGET ? FROM_TARGET : TO_TARGET;
        }
    }

    private static final int BACKLOG = 128;
    private static final int REPLAY_TIMEOUT_MILLIS = 30_000;

    // Injected
    private final ServerSocket listener;
    private final Thread acceptor;

    // State, guarded by this
    private final List<ProxiedConnection> all = new ArrayList<>();
    private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
    private final Set<Direction> swallowed = EnumSet.noneOf(Direction.class);
    private @Nullable InetSocketAddress target;
    private LongSupplier budgets = () -> Long.MAX_VALUE;
    private boolean trickling;
    private boolean recording;
    private boolean closed;
    private long resets;
    private long swallowedBytes;

    private FaultProxy(ServerSocket listener) {
        this.listener = listener;
        this.acceptor = new Thread(this::accept, threadName("accept"));
    }

    /** Opens a proxy on a free port of the loopback interface; it turns everybody away until it has a {@link #target}. */
    public static FaultProxy open() {
        try {
            var proxy = new FaultProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            proxy.acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface: " + e.getMessage(), e);
        }
    }

    /** Where to dial, {@code host:port}. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    /** Connects whoever dials from now on with {@code host:port}. */
    public synchronized void target(String address) {
        int colon = address.lastIndexOf(':');
        target = new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    // Faults

    /**
     * Resets each connection that begins from now on when it has carried so many bytes, both directions together; what
     * either end has not read by then is lost.
     *
     * @param bytes asked once for each connection; {@code Long.MAX_VALUE} for none
     */
    public synchronized void resetAfter(LongSupplier bytes) {
        budgets = bytes;
    }

    /** Resets all present connections. */
    public void reset() {
        present().forEach(ProxiedConnection::reset);
    }

    /** Reads nothing more that goes this way, until {@link #heal}: the sender's and the receiver's buffers fill up. */
    public synchronized void stall(Direction direction) {
        stalled.add(direction);
    }

    /**
     * From now on takes what goes this way and keeps it, without a word to either end, the end of the stream included. A
     * connection that has lost bytes stays deaf this way until its end, also after {@link #heal}: TCP never leaves out
     * bytes in the middle of a stream.
     */
    public synchronized void swallow(Direction direction) {
        swallowed.add(direction);
    }

    /** Lets bytes through one at a time, each in a packet of its own as far as the system goes along. */
    public synchronized void trickle() {
        trickling = true;
    }

    /** Sends bytes this way on all present connections, between two pieces of what comes from the other end. */
    public void inject(Direction direction, byte[] bytes) {
        present().forEach(one -> one.inject(direction, bytes));
    }

    /** Ends all standing faults. Connections that are dead or deaf stay so. */
    public synchronized void heal() {
        stalled.clear();
        swallowed.clear();
        trickling = false;
        budgets = () -> Long.MAX_VALUE;
        notifyAll();
    }

    /** Keeps what goes to the target on connections that begin from now on, for {@link #recordings}. */
    public synchronized void record() {
        recording = true;
    }

    /** What has gone to the target so far, for each connection that is or was recorded, the earliest first. */
    public List<byte[]> recordings() {
        return everyConnection().stream().flatMap(ProxiedConnection::recording).toList();
    }

    /**
     * Dials the target, sends {@code bytes}, and reads until the target ends the connection.
     *
     * @return what the target has answered
     */
    public byte[] replay(byte[] bytes) {
        var answer = new ByteArrayOutputStream();
        try (Socket socket = dialTarget()) {
            socket.setSoTimeout(REPLAY_TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8192];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    answer.write(buffer, 0, count);
                }
            } catch (SocketTimeoutException e) {
                throw new IllegalStateException("the target has not ended a replayed connection", e);
            } catch (IOException e) {
                // The target has reset it, which is an end, too.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the target cannot be dialled: " + e.getMessage(), e);
        }
        return answer.toByteArray();
    }

    // What has happened

    /** How many connections there have been. */
    public synchronized int accepted() {
        return all.size();
    }

    /** How many connections there are. */
    public int connected() {
        return present().size();
    }

    /** How many connections this proxy has reset. */
    public synchronized long resets() {
        return resets;
    }

    /** How many bytes this proxy has kept to itself. */
    public synchronized long swallowedBytes() {
        return swallowedBytes;
    }

    /** Ends all connections and waits for the proxy's threads. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening: " + e.getMessage(), e);
        }
        join(acceptor);
        everyConnection().forEach(one -> {
            one.close();
            one.threads().forEach(FaultProxy::join);
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("the thread " + thread.getName() + " does not end");
        }
    }

    // Connections

    private void accept() {
        while (true) {
            Socket dialled;
            try {
                dialled = listener.accept();
            } catch (IOException e) {
                return;
            }
            try {
                connect(dialled);
            } catch (IOException e) {
                ProxiedConnection.closeQuietly(dialled);
            }
        }
    }

    private void connect(Socket dialled) throws IOException {
        Socket other = dialTarget();
        dialled.setTcpNoDelay(true);
        other.setTcpNoDelay(true);
        synchronized (this) {
            if (closed) {
                ProxiedConnection.closeQuietly(dialled);
                ProxiedConnection.closeQuietly(other);
                return;
            }
            var connection = new ProxiedConnection(
                    this, dialled, other, budgets.getAsLong(), recording, threadName("connection-" + all.size()));
            all.add(connection);
            connection.start();
        }
    }

    private Socket dialTarget() throws IOException {
        InetSocketAddress address;
        synchronized (this) {
            address = target;
        }
        if (address == null) {
            throw new IOException("the proxy has no target yet");
        }
        return new Socket(address.getAddress(), address.getPort());
    }

    private String threadName(String purpose) {
        return "fault-proxy-" + listener.getLocalPort() + "-" + purpose;
    }

    private synchronized List<ProxiedConnection> everyConnection() {
        return List.copyOf(all);
    }

    private List<ProxiedConnection> present() {
        return everyConnection().stream().filter(one -> !one.ended()).toList();
    }

    // For connections

    /** Waits while that way is stalled. @return false when the proxy has been closed */
    synchronized boolean pass(Direction direction) throws InterruptedException {
        while (stalled.contains(direction) && !closed) {
            wait();
        }
        return !closed;
    }

    synchronized boolean swallows(Direction direction) {
        return swallowed.contains(direction);
    }

    synchronized boolean trickles() {
        return trickling;
    }

    synchronized void swallowed(int bytes) {
        swallowedBytes += bytes;
    }

    synchronized void wasReset() {
        resets++;
    }
}
