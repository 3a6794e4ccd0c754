package dev.rustnet.bench.hostile;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.node.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One node, which broadcasts on demand at a steady pace, and measures when it delivers its own messages: when a majority and
 * all who are not suspected have them.
 */
final class LatencyNode {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int PAYLOAD_BYTES = 100;

    private LatencyNode() {}

    /** Arguments: its rank from 0, the port of each node. */
    public static void main(String[] arguments) throws IOException {
        int rank = Integer.parseInt(arguments[0]);
        List<String> peers = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            peers.add("node" + (i - 1) + "@127.0.0.1:" + arguments[i]);
        }
        var delivered = new Semaphore(0);
        try (Node node = Node.builder("node" + rank)
                .bind("127.0.0.1:" + arguments[1 + rank])
                .peers(peers)
                .set("rustnet.link.handshake-timeout", "1s")
                .build()) {
            Channel channel = node.service(UniformReliableBroadcast.class).channel("bench");
            channel.onDeliver(delivery -> delivered.release());
            node.start().join();
            node.whenJoined().join();
            NodeConsole.say("joined");
            var sender = new Sender(channel, delivered);
            NodeConsole.serve(line -> {
                if (line.equals("begin")) {
                    sender.begin();
                } else {
                    NodeConsole.say("latencies " + sender.end(Integer.parseInt(line.substring("end ".length()))));
                }
            });
        }
    }

    /** One message after the other. */
    private static final class Sender {
        private final Channel channel;
        private final Semaphore delivered;
        private volatile int atLeast;
        private Thread thread = new Thread(() -> {});
        private List<Long> nanos = new ArrayList<>();

        Sender(Channel channel, Semaphore delivered) {
            this.channel = channel;
            this.delivered = delivered;
        }

        void begin() {
            atLeast = Integer.MAX_VALUE;
            nanos = new ArrayList<>();
            thread = new Thread(this::run, "sender");
            thread.setDaemon(true);
            thread.start();
        }

        Latencies end(int count) {
            atLeast = count;
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Latencies.of(nanos.stream().mapToLong(Long::longValue).toArray());
        }

        private void run() {
            byte[] payload = new byte[PAYLOAD_BYTES];
            while (nanos.isEmpty() || nanos.size() < atLeast) {
                long start = System.nanoTime();
                channel.broadcast(payload);
                delivered.acquireUninterruptibly();
                nanos.add(System.nanoTime() - start);
                long left = start + PACE_NANOS - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }
}
