package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.node.Node;
import dev.rustnet.testkit.transport.FaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Nodes in this JVM, each of which the others know only by the address of its proxy: every connection goes through the
 * proxy of the one that was dialled.
 */
final class ProxiedMesh implements AutoCloseable {
    // Injected
    private final int size;
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    // State
    private final List<Channel> channels = new ArrayList<>();
    private final List<Ledger> broadcasts = new ArrayList<>();
    private final List<Ledger> directs = new ArrayList<>();
    /** How many messages each process has broadcast, and sent to each other one. */
    private final long[] sent;

    ProxiedMesh(int size, Path data, Map<String, ?> settings) {
        this.size = size;
        sent = new long[size];
        List<String> peers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FaultProxy proxy = FaultProxy.open();
            proxies.add(proxy);
            peers.add(name(i) + "@" + proxy.address());
        }
        for (int i = 0; i < size; i++) {
            var builder = Node.builder(name(i))
                    .bind("127.0.0.1:0")
                    .peers(peers)
                    .set("rustnet.node.data-directory", data.resolve(name(i)).toString());
            settings.forEach(builder::set);
            add(builder.build());
        }
    }

    private void add(Node node) {
        nodes.add(node);
        var broadcast = new Ledger();
        var direct = new Ledger();
        broadcasts.add(broadcast);
        directs.add(direct);
        channels.add(node.service(UniformReliableBroadcast.class)
                .channel("mesh")
                .onDeliver(delivery -> broadcast.delivered(delivery.source().name(), delivery.copy())));
        node.onReceive((from, message) -> direct.delivered(from.name(), message));
    }

    static String name(int rank) {
        return "p" + (rank + 1);
    }

    void start() {
        for (int i = 0; i < size; i++) {
            nodes.get(i).start().join();
            proxies.get(i).target(nodes.get(i).address());
        }
    }

    /** Starts and waits until all are connected. */
    void join() {
        start();
        until("all have joined", () -> nodes.stream()
                .allMatch(node -> node.whenJoined().isDone()));
    }

    Node node(int rank) {
        return nodes.get(rank);
    }

    FaultProxy proxy(int rank) {
        return proxies.get(rank);
    }

    List<FaultProxy> proxies() {
        return proxies;
    }

    /** Each process broadcasts so many messages and sends as many to each other one. */
    void load(int messages, int length) {
        join(threads(rank -> {
            for (int i = 0; i < messages; i++) {
                sayOne(rank, length);
            }
        }));
    }

    /** All processes broadcast and send as fast as they may, until it holds. */
    void loadUntil(String what, BooleanSupplier condition, int length) {
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> threads = threads(rank -> {
            while (!enough.get()) {
                sayOne(rank, length);
            }
        });
        try {
            until(what, condition);
        } finally {
            enough.set(true);
            join(threads);
        }
    }

    /** Stops all processes while each broadcasts and sends as fast as it may. */
    void stopUnderLoad(int length) {
        List<Thread> load = threads(rank -> {
            try {
                while (true) {
                    sayOne(rank, length);
                }
            } catch (IllegalStateException e) {
                // The node has stopped.
            }
        });
        until("all are under load", () -> broadcasts.stream().allMatch(each -> each.last(name(0)) > 0));
        closeNodes();
        join(load);
    }

    private void sayOne(int rank, int length) {
        byte[] message = Ledger.message(++sent[rank], length);
        channels.get(rank).broadcast(message);
        for (int to = 0; to < size; to++) {
            if (to != rank) {
                nodes.get(rank).send(name(to), message);
            }
        }
    }

    private interface Work {
        void run(int rank);
    }

    private List<Thread> threads(Work work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int rank = i;
            threads.add(new Thread(() -> work.run(rank), "load-" + name(rank)));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private void join(List<Thread> threads) {
        until("the load has ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    /** Waits until every process has delivered all there is, and says that nothing came twice, in disorder or spoilt. */
    void assertAllDeliveredOnceAndInOrder() {
        until(
                "everything is delivered or something wrong",
                () -> complete() || !violations().isEmpty());
        assertThat(violations()).isEmpty();
        for (int to = 0; to < size; to++) {
            for (int from = 0; from < size; from++) {
                assertThat(broadcasts.get(to).last(name(from))).isEqualTo(sent[from]);
            }
        }
    }

    /** How many messages all processes together have broadcast. */
    long broadcast() {
        long sum = 0;
        for (long each : sent) {
            sum += each;
        }
        return sum;
    }

    private boolean complete() {
        for (int to = 0; to < size; to++) {
            for (int from = 0; from < size; from++) {
                if (broadcasts.get(to).last(name(from)) < sent[from]
                        || (to != from && directs.get(to).last(name(from)) < sent[from])) {
                    return false;
                }
            }
        }
        return true;
    }

    List<String> violations() {
        List<String> all = new ArrayList<>();
        broadcasts.forEach(each -> all.addAll(each.violations()));
        directs.forEach(each -> all.addAll(each.violations()));
        return all;
    }

    long counter(int rank, String name) {
        return nodes.get(rank).counters().getOrDefault(name, 0L);
    }

    void until(String what, BooleanSupplier condition) {
        Await.until(what, condition, this::toString);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            FaultProxy proxy = proxies.get(i);
            text.append(name(i))
                    .append(": said " + sent[i])
                    .append("; broadcasts delivered " + broadcasts.get(i))
                    .append("; messages received " + directs.get(i))
                    .append("; proxy: " + proxy.accepted() + " connections, " + proxy.connected() + " now, "
                            + proxy.resets() + " reset, " + proxy.swallowedBytes() + " bytes swallowed")
                    .append("; " + nodes.get(i).counters())
                    .append('\n');
        }
        return text.toString();
    }

    private void closeNodes() {
        join(threads(rank -> nodes.get(rank).close()));
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::heal);
        closeNodes();
        proxies.forEach(FaultProxy::close);
    }
}
