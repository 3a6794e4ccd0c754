package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.PeerSlow;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.node.Node;
import dev.rustnet.testkit.transport.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A handler that never returns, on a thread of its own (deliver-on = thread): everything else goes on. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class BlockedHandlerIT {
    private static final int SIZE = 3;
    private static final int BLOCKED = 2;
    private static final int WINDOW = 16;

    @TempDir
    Path data;

    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<AtomicInteger> delivered = new ArrayList<>();
    private final List<AtomicInteger> received = new ArrayList<>();
    private final List<String> suspicions = new CopyOnWriteArrayList<>();
    private final List<PeerSlow> slow = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final LoggedLines log = new LoggedLines();

    @BeforeEach
    void start() {
        List<String> peers = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            proxies.add(FaultProxy.open());
            peers.add(HonestGroup.name(i) + "@" + proxies.get(i).address());
        }
        for (int i = 0; i < SIZE; i++) {
            add(i, peers);
        }
        for (int i = 0; i < SIZE; i++) {
            nodes.get(i).start().join();
            proxies.get(i).target(nodes.get(i).address());
        }
        nodes.forEach(node -> node.whenJoined().join());
    }

    private void add(int rank, List<String> peers) {
        String name = HonestGroup.name(rank);
        Node node = Node.builder(name)
                .bind("127.0.0.1:0")
                .peers(peers)
                .set("rustnet.node.data-directory", data.resolve(name).toString())
                .set("rustnet.node.shutdown-timeout", "500ms")
                .set("rustnet.node.report-blocked-after", "100ms")
                .set("rustnet.broadcast.deliver-on", rank == BLOCKED ? "thread" : "loop")
                .set("rustnet.broadcast.window-messages", WINDOW)
                .build();
        nodes.add(node);
        var broadcasts = new AtomicInteger();
        delivered.add(broadcasts);
        node.service(UniformReliableBroadcast.class).channel("talk").onDeliver(delivery -> {
            if (rank == BLOCKED) {
                blockForEver();
            }
            broadcasts.incrementAndGet();
        });
        var messages = new AtomicInteger();
        received.add(messages);
        node.onReceive((from, message) -> messages.incrementAndGet());
        node.service(FailureDetector.class).listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(ProcessId process) {
                suspicions.add(name + " suspects " + process);
            }

            @Override
            public void restore(ProcessId process) {}
        });
        node.topics().subscribe(PeerSlow.TOPIC, slow::add);
    }

    /** An interrupt does not help either. */
    private void blockForEver() {
        while (true) {
            try {
                release.await();
                return;
            } catch (InterruptedException e) {
                // as if nothing had been
            }
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        nodes.forEach(Node::close);
        proxies.forEach(FaultProxy::close);
        log.close();
    }

    @Test
    void holdsUpItsOwnServiceAloneIsNamedAndDoesNotKeepTheNodeFromStopping() {
        var broadcast = new AtomicInteger();
        var enough = new AtomicBoolean();
        Thread broadcaster = new Thread(() -> broadcastUntil(enough, broadcast), "broadcaster");
        broadcaster.start();

        until("the window is full", () -> broadcast.get() >= WINDOW);
        until("the blocked one is named", () -> slow.stream().anyMatch(PeerSlow::waiting));
        until("the handler is reported", () -> !log.containing("RN-056").isEmpty());
        for (int i = 0; i < 100; i++) {
            everybodySends();
        }
        until("messages go on", () -> received.stream().allMatch(count -> count.get() == 100 * (SIZE - 1)));

        assertThat(slow)
                .extracting(PeerSlow::member)
                .containsOnly(nodes.get(BLOCKED).self());
        assertThat(log.containing("BlockedHandlerIT.blockForEver"))
                .singleElement()
                .asString()
                .contains("RN-056")
                .contains("rustnet-p3-uniform-reliable-broadcast");
        assertThat(delivered.get(0).get()).isEqualTo(delivered.get(1).get()).isEqualTo(WINDOW);
        assertThat(delivered.get(BLOCKED).get()).isZero();
        assertThat(suspicions).isEmpty();

        Thread closer = new Thread(() -> nodes.get(BLOCKED).close(), "closer");
        closer.start();
        until("the node has stopped", () -> !closer.isAlive());
        enough.set(true);
        until("the others go on without it", () -> !broadcaster.isAlive());
        assertThat(release.getCount()).as("the handler still blocks").isEqualTo(1);
    }

    private void broadcastUntil(AtomicBoolean enough, AtomicInteger broadcast) {
        var channel = nodes.get(0).service(UniformReliableBroadcast.class).channel("talk");
        while (!enough.get()) {
            channel.broadcast("something".getBytes(StandardCharsets.UTF_8));
            broadcast.incrementAndGet();
        }
    }

    private void everybodySends() {
        for (Node node : nodes) {
            for (int to = 0; to < SIZE; to++) {
                if (to != nodes.indexOf(node)) {
                    node.send(HonestGroup.name(to), new byte[10]);
                }
            }
        }
    }

    private void until(String what, BooleanSupplier condition) {
        Await.until(
                what,
                condition,
                () -> "delivered " + delivered + ", received " + received + ", " + slow + suspicions + "\n"
                        + String.join("\n", log.all()));
    }
}
