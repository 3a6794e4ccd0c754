package dev.rustnet.bench.member;

import com.typesafe.config.ConfigFactory;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;

/**
 * The same work as {@link RawNioMember}, through rustnet's transport and nothing above it: what frames, budgets and events
 * cost. A frame carries as many messages as fit in a chunk, as the links above the transport send them.
 */
final class TransportMember implements Member, ConnectionHandler {
    // Injected
    private final Role role;
    private final Deliveries deliveries;

    // State
    private final List<Peer> peers = new ArrayList<>();
    private final SharedChunks chunks;
    private final Transport transport;
    private final CountDownLatch joined = new CountDownLatch(1);
    private volatile boolean flooding;
    private volatile boolean closed;
    private Runnable onLoss = () -> {};

    TransportMember(Role role, Deliveries deliveries) {
        this.role = role;
        this.deliveries = deliveries;
        chunks = new SharedChunks(role.members() - 1, role.messageLength());
        transport = ServiceLoader.load(TransportProvider.class)
                .findFirst()
                .orElseThrow()
                .create(new TransportProvider.Settings(
                        "127.0.0.1:" + role.port(role.rank()),
                        16 * 1024 * 1024,
                        role.members(),
                        Duration.ofSeconds(5),
                        ConfigFactory.load().getConfig("rustnet.transport.nio"),
                        Runnable::run,
                        System.getLogger("transport")));
    }

    @Override
    public void join() throws Exception {
        transport.open(this);
        for (int i = 0; i < role.rank(); i++) {
            transport.dial("127.0.0.1:" + role.port(i));
        }
        var loop = new Thread(this::run, "loop");
        loop.setDaemon(true);
        loop.start();
        joined.await();
    }

    private void run() {
        while (!closed) {
            boolean allSent = flooding && flush();
            transport.poll(allSent ? 0 : -1);
        }
        transport.close();
    }

    @Override
    public void flood(Messages messages) {
        flooding = true;
        transport.wakeup();
    }

    @Override
    public void broadcast(byte[] message) {
        throw new UnsupportedOperationException("it only floods");
    }

    @Override
    public void onLoss(Runnable action) {
        onLoss = action;
    }

    /** Gives each peer what it takes; returns whether one takes more. */
    private boolean flush() {
        deliveries.counted(role.rank(), chunks.fill());
        boolean all = true;
        for (int i = 0; i < peers.size(); i++) {
            all &= flush(peers.get(i), i);
        }
        return all;
    }

    private boolean flush(Peer peer, int index) {
        while (true) {
            if (!peer.connection.idle()) {
                return false;
            }
            if (peer.sending) {
                chunks.pass(index);
                peer.sending = false;
            }
            ByteBuffer chunk = chunks.next(index);
            if (chunk == null) {
                return true;
            }
            peer.parts[0] = chunk;
            peer.sending = true;
            peer.connection.send(peer.parts, 1);
        }
    }

    @Override
    public void accepted(Connection connection) {
        add(connection);
    }

    @Override
    public void opened(Connection connection) {
        add(connection);
    }

    private void add(Connection connection) {
        peers.add(new Peer(connection));
        if (peers.size() == role.members() - 1) {
            joined.countDown();
        }
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        transport.dial(connection.remoteAddress());
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        int end = frame.limit();
        int count = 0;
        for (int at = frame.position(); at < end; at += Integer.BYTES + frame.getInt(at)) {
            count++;
        }
        deliveries.counted(role.rank() < role.senders() ? role.rank() : 0, count);
    }

    @Override
    public void drained(Connection connection) {}

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        onLoss.run();
    }

    @Override
    public void close() {
        closed = true;
        transport.wakeup();
    }

    private static final class Peer {
        private final Connection connection;
        private final ByteBuffer[] parts = new ByteBuffer[1];
        private boolean sending;

        Peer(Connection connection) {
            this.connection = connection;
        }
    }
}
