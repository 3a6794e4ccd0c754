package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.broadcast.TypedChannel;
import dev.rustnet.link.FairLossLinks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Links and broadcast logs together. */
class MeshTest {
    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    @Test
    void simultaneousDialsSettleOnOneConnectionForEachPair() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));

        mesh.run(500);

        assertThat(mesh.network.connections()).isEqualTo(3);
    }

    @Test
    void bothEndsMayDialAtOnceAHundredTimes() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(500);

        for (int round = 0; round < 100; round++) {
            mesh.network.resetAll();
            processes[round % 3].channel.broadcast("m" + round);
            mesh.run(500);
            int dials = mesh.network.dials();
            mesh.run(500);

            assertThat(mesh.network.connections()).isEqualTo(3);
            assertThat(mesh.network.dials()).isEqualTo(dials);
        }
    }

    @Test
    void everybodyDeliversEverythingInOrderThroughResetsAndThenForgetsIt() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        Random random = new Random(3);
        int[] sent = new int[MemoryMesh.NAMES.length];

        for (int round = 0; round < 600; round++) {
            for (int rank = 0; rank < MemoryMesh.NAMES.length; rank++) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    if (processes[rank].channel.tryBroadcast(
                            ("m" + (sent[rank] + 1)).getBytes(StandardCharsets.UTF_8))) {
                        sent[rank]++;
                    }
                }
            }
            mesh.run(1 + random.nextInt(3));
            if (random.nextInt(10) == 0) {
                mesh.network.resetAll();
            }
        }
        mesh.run(5_000);

        for (MemoryMesh.Member source : processes) {
            int count = sent[Arrays.asList(processes).indexOf(source)];
            List<String> expected = new ArrayList<>();
            for (int k = 1; k <= count; k++) {
                expected.add(source.self.name() + ":m" + k);
            }
            assertThat(count).isGreaterThan(300);
            for (MemoryMesh.Member receiver : processes) {
                assertThat(MemoryMesh.from(receiver, source)).isEqualTo(expected);
            }
        }
        for (MemoryMesh.Member process : processes) {
            assertThat(process.links.chunks().bytesInUse()).isZero();
            assertThat(process.links.drained()).isTrue();
        }
    }

    @Test
    void swallowedFramesAreSentAgain() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(500);
        Random random = new Random(5);
        mesh.network.swallow(frame -> frame.get(0) == 1 && random.nextInt(3) == 0);

        for (int k = 1; k <= 50; k++) {
            processes[0].channel.broadcast("m" + k);
            ByteBuffer number = ByteBuffer.allocate(4).putInt(k).flip();
            assertThat(processes[1].perfect.trySend(processes[2].self, number)).isTrue();
            mesh.run(10);
        }
        mesh.run(60_000);

        assertThat(MemoryMesh.from(processes[1], processes[0])).hasSize(50).doesNotHaveDuplicates();
        assertThat(MemoryMesh.from(processes[2], processes[0])).hasSize(50).doesNotHaveDuplicates();
        assertThat(processes[2].received).hasSize(50).doesNotHaveDuplicates();
        assertThat(processes[2].received.get(49)).isEqualTo("second:50");
        assertThat(processes[0].links.chunks().bytesInUse()).isZero();
    }

    /** The weaker link on the same network, under the same losses: it must not pass for a perfect one. */
    @Test
    void fairLossMessagesAreLostWhereThoseOfPerfectLinksAreSentAgain() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        List<Integer> heard = new ArrayList<>();
        processes[2].links.fairLoss("twin").onReceive((from, message) -> heard.add(message.getInt()));
        FairLossLinks twin = processes[1].links.fairLoss("twin");
        mesh.run(500);
        Random random = new Random(5);
        mesh.network.swallow(frame -> frame.get(0) == 1 && random.nextInt(3) == 0);

        for (int k = 1; k <= 50; k++) {
            twin.send(2, ByteBuffer.allocate(4).putInt(k).flip());
            mesh.run(10);
        }
        mesh.run(60_000);

        assertThat(heard).hasSizeBetween(1, 49);
    }

    @Test
    void aHandshakeWhoseFramesAreLostOrDoubledIsDoneWithinSeconds() {
        for (int kind = 2; kind <= 4; kind++) {
            MemoryMesh lossy = new MemoryMesh();
            Set<Integer> lost = new HashSet<>();
            byte swallowed = (byte) kind;
            // The first two frames of that kind are lost; each later one finds its way.
            lossy.network.swallow(frame -> frame.get(0) == swallowed && lost.size() < 2 && lost.add(lost.size()));
            lossy.start(new BroadcastLogs.Window(1 << 20, 1024));

            lossy.run(4_000);
            lossy.processes[0].channel.broadcast("hello");
            lossy.run(500);

            for (MemoryMesh.Member process : lossy.processes) {
                assertThat(process.delivered).containsExactly("first:hello");
            }
        }
    }

    @Test
    void aFullWindowRefusesAndOpensAgain() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        mesh.run(500);
        List<String> opened = new ArrayList<>();

        int accepted = 0;
        while (processes[0].channel.tryBroadcast(new byte[10])) {
            accepted++;
        }
        processes[0].channel.onWindowOpen(() -> opened.add("open"));
        assertThat(opened).isEmpty();
        mesh.run(200);

        assertThat(accepted).isEqualTo(8);
        assertThat(opened).containsExactly("open");
        assertThat(processes[0].channel.tryBroadcast(new byte[10])).isTrue();
    }

    @Test
    void aTypedChannelSaysWhenItsWindowOpensToo() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        mesh.run(500);
        TypedChannel<String> channel = processes[0].channel.typed(String.class);
        List<String> opened = new ArrayList<>();

        while (channel.tryBroadcast("text")) {
            assertThat(opened).isEmpty();
        }
        channel.onWindowOpen(() -> opened.add("open"));
        mesh.run(200);

        assertThat(opened).containsExactly("open");
        assertThat(channel.tryBroadcast("text")).isTrue();
    }

    @Test
    void aDeliveryIsOverWhenTheHandlerReturns() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        List<Delivery> kept = new ArrayList<>();
        processes[0].channel.onDeliver(kept::add);
        processes[0].channel.broadcast("hello");
        mesh.run(1);

        assertThat(kept).hasSize(1);
        assertThatThrownBy(() -> kept.get(0).text())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("copy");
    }

    @Test
    void theSenderLearnsOfDeliveryAndStability() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        mesh.run(500);
        List<String> seen = new ArrayList<>();

        Tracked tracked = processes[0].channel.broadcastTracked(new byte[3]);
        tracked.delivered().thenAccept(id -> seen.add("delivered " + id));
        tracked.stable().thenAccept(id -> seen.add("stable " + id));
        mesh.run(1);
        assertThat(seen).containsExactly("delivered first#1");
        mesh.run(100);

        assertThat(seen).containsExactly("delivered first#1", "stable first#1");
    }

    @Test
    void anExceptionInAHandlerCostsThatMessageAlone() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 8));
        List<String> seen = new ArrayList<>();
        processes[0].channel.onDeliver(delivery -> {
            seen.add(delivery.text());
            if (seen.size() == 1) {
                throw new IllegalStateException("handler");
            }
        });

        processes[0].channel.broadcast("one");
        processes[0].channel.broadcast("two");
        mesh.run(2);

        assertThat(seen).containsExactly("one", "two");
        assertThat(processes[0].counters.snapshot()).containsEntry("flood.handler-failed", 1L);
    }
}
