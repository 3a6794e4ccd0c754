package dev.rustnet.bench;

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

/**
 * The same work as {@link RawNioNode}, through rustnet's transport and nothing above it: what frames, budgets and events
 * cost. A frame carries as many messages as fit in a chunk, as the links above the transport send them.
 */
final class TransportNode implements ConnectionHandler {
    // State
    private final List<Peer> peers = new ArrayList<>();
    private final SharedChunks chunks;
    private volatile long delivered;
    private long counted;

    private TransportNode(int nodes, int payloadBytes) {
        chunks = new SharedChunks(nodes - 1, payloadBytes);
    }

    /** Arguments: its rank from 0, how many nodes, 1 when it sends, bytes of a message. */
    public static void main(String[] arguments) throws Exception {
        int rank = Integer.parseInt(arguments[0]);
        int nodes = Integer.parseInt(arguments[1]);
        boolean sends = arguments[2].equals("1");
        var node = new TransportNode(nodes, Integer.parseInt(arguments[3]));
        Transport transport = ServiceLoader.load(TransportProvider.class)
                .findFirst()
                .orElseThrow()
                .create(new TransportProvider.Settings(
                        "127.0.0.1:0",
                        16 * 1024 * 1024,
                        nodes,
                        Duration.ofSeconds(5),
                        ConfigFactory.load().getConfig("rustnet.transport.nio"),
                        Runnable::run,
                        System.getLogger("transport")));
        transport.open(node);
        String address = transport.localAddress();
        NodeConsole.say("port " + address.substring(address.lastIndexOf(':') + 1));
        NodeConsole.serve(() -> node.delivered, line -> {
            String[] ports = line.split(" ");
            for (int i = 0; i < rank; i++) {
                transport.dial("127.0.0.1:" + ports[i]);
            }
            while (node.peers.size() < nodes - 1) {
                transport.poll(-1);
            }
            var loop = new Thread(() -> node.run(transport, sends), "loop");
            loop.setDaemon(true);
            loop.start();
            NodeConsole.say("connected");
        });
    }

    private void run(Transport transport, boolean sends) {
        while (true) {
            boolean allSent = sends && flush();
            transport.poll(allSent ? 0 : -1);
            delivered = counted;
        }
    }

    /** Gives each peer what it takes; returns whether one takes more. */
    private boolean flush() {
        counted += chunks.fill();
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
        peers.add(new Peer(connection));
    }

    @Override
    public void opened(Connection connection) {
        peers.add(new Peer(connection));
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        throw new IllegalStateException(detail);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        int end = frame.limit();
        for (int at = frame.position(); at < end; at += Integer.BYTES + frame.getInt(at)) {
            counted++;
        }
    }

    @Override
    public void drained(Connection connection) {}

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        System.exit(0);
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
