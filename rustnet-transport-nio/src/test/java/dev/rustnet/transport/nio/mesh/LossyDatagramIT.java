package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.node.Node;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The links need no TCP: nodes over datagrams with 10 % lost, 5 % doubled, and some out of order. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class LossyDatagramIT {
    private static final int SIZE = 3;
    private static final int MESSAGES = 2_000;

    @TempDir
    Path data;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();

    @Test
    void uniformReliableBroadcastDeliversEverythingOnceAndInOrder() throws IOException, InterruptedException {
        try {
            build();
            nodes.forEach(node -> node.start().join());
            until("all have joined", () -> nodes.stream()
                    .allMatch(node -> node.whenJoined().isDone()));

            List<Thread> threads = channels.stream()
                    .map(channel -> new Thread(() -> broadcast(channel), "load"))
                    .toList();
            threads.forEach(Thread::start);
            until("everything is delivered or something wrong", () -> complete() || wrong());
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(sumOfCounters("dropped.duplicate") + sumOfCounters("dropped.out-of-order"))
                    .isPositive();
            assertThat(ledgers).allSatisfy(ledger -> {
                assertThat(ledger.violations()).isEmpty();
                for (int from = 0; from < SIZE; from++) {
                    assertThat(ledger.last(ProxiedMesh.name(from))).isEqualTo(MESSAGES);
                }
            });
        } finally {
            nodes.forEach(Node::close);
        }
    }

    private void build() throws IOException {
        List<String> peers = new ArrayList<>();
        for (int port : freePorts()) {
            peers.add(ProxiedMesh.name(peers.size()) + "@127.0.0.1:" + port);
        }
        for (int i = 0; i < SIZE; i++) {
            String name = ProxiedMesh.name(i);
            Node node = Node.builder(name)
                    .bind(peers.get(i).substring(name.length() + 1))
                    .peers(peers)
                    .set("rustnet.node.transport", LossyDatagramProvider.NAME)
                    .set("rustnet.transport." + LossyDatagramProvider.NAME + ".seed", i + 1)
                    .set("rustnet.node.data-directory", data.resolve(name).toString())
                    // A frame is lost with any of its datagrams: a small window keeps frames small and makes many of
                    // them.
                    .set("rustnet.components.uniform-reliable-broadcast.window-bytes", "8KiB")
                    .set("rustnet.link.retransmit-after", "100ms")
                    .build();
            nodes.add(node);
            var ledger = new Ledger();
            ledgers.add(ledger);
            channels.add(node.service(UniformReliableBroadcast.class)
                    .channel("mesh")
                    .onDeliver(delivery -> ledger.delivered(delivery.source().name(), delivery.copy())));
        }
    }

    /** All at once, so that no two are the same. */
    private static List<Integer> freePorts() throws IOException {
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SIZE; i++) {
                sockets.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(DatagramSocket::getLocalPort).toList();
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    private static void broadcast(Channel channel) {
        for (int number = 1; number <= MESSAGES; number++) {
            channel.broadcast(Ledger.message(number, 100));
        }
    }

    /** What the transport did to the broadcasts shows here. */
    private long sumOfCounters(String name) {
        return nodes.stream()
                .mapToLong(node -> node.counters().get("uniform-reliable-broadcast." + name))
                .sum();
    }

    private boolean complete() {
        for (Ledger ledger : ledgers) {
            for (int from = 0; from < SIZE; from++) {
                if (ledger.last(ProxiedMesh.name(from)) < MESSAGES) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean wrong() {
        return ledgers.stream().anyMatch(ledger -> !ledger.violations().isEmpty());
    }

    private void until(String what, BooleanSupplier condition) {
        Await.until(what, condition, () -> {
            var text = new StringBuilder();
            for (int i = 0; i < nodes.size(); i++) {
                text.append(ledgers.get(i))
                        .append(' ')
                        .append(nodes.get(i).counters())
                        .append('\n');
            }
            return text.toString();
        });
    }
}
