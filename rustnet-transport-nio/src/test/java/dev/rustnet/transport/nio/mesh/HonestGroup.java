package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import dev.rustnet.testkit.transport.FaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Nodes that talk to each other all the time, each waiting for the answer of all before it goes on, while something else
 * happens to one of them. Some of the members that are configured may be played by the test.
 */
final class HonestGroup implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 500_000;
    private static final int LENGTH = 20;
    /** A member that never answers has the broadcasts kept for it, so they are the smaller part. */
    private static final int MESSAGES_PER_BROADCAST = 20;

    // Injected
    private final Path data;
    private final Map<String, ?> settings;
    private final int honest;

    // State
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<String> peers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Ledger> direct = new ArrayList<>();
    private final List<Ledger> broadcasts = new ArrayList<>();
    private final List<String> suspicions = new CopyOnWriteArrayList<>();
    private final List<Thread> talkers = new ArrayList<>();
    private volatile boolean enough;
    private final long[] said;

    /** @param honest how many of the members run; the others, whose names come later, do not */
    HonestGroup(int size, int honest, Path data, Map<String, ?> settings) {
        this.data = data;
        this.settings = settings;
        this.honest = honest;
        said = new long[honest];
        for (int i = 0; i < size; i++) {
            FaultProxy proxy = FaultProxy.open();
            proxies.add(proxy);
            peers.add(name(i) + "@" + proxy.address());
        }
    }

    static String name(int rank) {
        return "p" + (rank + 1);
    }

    List<String> peers() {
        return peers;
    }

    FaultProxy proxy(int rank) {
        return proxies.get(rank);
    }

    /** A node of that name which has not started, and would take that name's place in the group. */
    NodeBuilder builder(String name, List<String> itsPeers) {
        var builder = Node.builder(name)
                .bind("127.0.0.1:0")
                .peers(itsPeers)
                .set("rustnet.node.data-directory", data.resolve(name).toString());
        settings.forEach(builder::set);
        return builder;
    }

    /** Starts the honest ones, and waits until they have met. */
    void start() {
        for (int i = 0; i < honest; i++) {
            add(builder(name(i), peers).build());
        }
        for (int i = 0; i < honest; i++) {
            nodes.get(i).start().join();
            proxies.get(i).target(nodes.get(i).address());
        }
        for (int i = 0; i < honest; i++) {
            talkers.add(new Thread(talker(i), "talker-" + name(i)));
        }
        talkers.forEach(Thread::start);
        untilAllHaveTalked(1);
    }

    private void add(Node node) {
        nodes.add(node);
        var messages = new Ledger();
        var delivered = new Ledger();
        direct.add(messages);
        broadcasts.add(delivered);
        node.onReceive((from, message) -> messages.delivered(from.name(), message));
        node.service(UniformReliableBroadcast.class)
                .channel("talk")
                .onDeliver(delivery -> delivered.delivered(delivery.source().name(), delivery.copy()));
        String self = node.self().name();
        node.service(FailureDetector.class).listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                if (isHonest(process.name())) {
                    suspicions.add(self + " suspects " + process);
                }
            }

            @Override
            public void restore(ProcessId process) {}
        });
    }

    private boolean isHonest(String name) {
        return nodes.stream().anyMatch(node -> node.self().name().equals(name));
    }

    /** Says the next thing to all, in both ways, and waits until all have heard it. */
    private Runnable talker(int rank) {
        return () -> {
            Channel channel =
                    nodes.get(rank).service(UniformReliableBroadcast.class).channel("talk");
            while (!enough) {
                long number = said[rank] + 1;
                byte[] message = Ledger.message(number, LENGTH);
                if (number % MESSAGES_PER_BROADCAST == 0) {
                    channel.broadcast(Ledger.message(number / MESSAGES_PER_BROADCAST, LENGTH));
                }
                for (int to = 0; to < honest; to++) {
                    if (to != rank) {
                        nodes.get(rank).send(name(to), message);
                    }
                }
                while (!enough && !heardByAll(rank, number)) {
                    LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                }
                synchronized (this) {
                    said[rank] = number;
                }
            }
        };
    }

    private boolean heardByAll(int rank, long number) {
        for (int to = 0; to < honest; to++) {
            if (broadcasts.get(to).last(name(rank)) < number / MESSAGES_PER_BROADCAST) {
                return false;
            }
            if (to != rank && direct.get(to).last(name(rank)) < number) {
                return false;
            }
        }
        return true;
    }

    /** Waits until each of the honest ones has been heard by all with so many more things. */
    void untilAllHaveTalked(int more) {
        long[] goal = new long[honest];
        for (int i = 0; i < honest; i++) {
            goal[i] = said(i) + more;
        }
        Await.until(
                "everybody is heard by all",
                () -> {
                    for (int i = 0; i < honest; i++) {
                        if (said(i) < goal[i]) {
                            return false;
                        }
                    }
                    return true;
                },
                this::toString);
    }

    private synchronized long said(int rank) {
        return said[rank];
    }

    Node node(int rank) {
        return nodes.get(rank);
    }

    long counter(int rank, String name) {
        return nodes.get(rank).counters().getOrDefault(name, 0L);
    }

    /** Everything came once, in order and unspoilt; nobody was suspected; all run; and all are heard now. */
    void assertUndisturbed() {
        untilAllHaveTalked(2 * MESSAGES_PER_BROADCAST);
        for (int i = 0; i < honest; i++) {
            assertThat(direct.get(i).violations()).isEmpty();
            assertThat(broadcasts.get(i).violations()).isEmpty();
            assertThat(nodes.get(i).whenStopped().isDone()).isFalse();
        }
        assertThat(suspicions).isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            text.append(name(i) + ": said " + said(i) + "; received " + direct.get(i) + "; delivered "
                    + broadcasts.get(i) + "; " + nodes.get(i).counters() + "\n");
        }
        return text.append(suspicions).toString();
    }

    @Override
    public void close() {
        enough = true;
        try {
            Await.until("the talk has ended", () -> talkers.stream().noneMatch(Thread::isAlive), this::toString);
        } finally {
            nodes.forEach(Node::close);
            proxies.forEach(FaultProxy::close);
        }
    }
}
