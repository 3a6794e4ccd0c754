package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.transport.FaultProxy;
import dev.rustnet.testkit.transport.FaultProxy.Direction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The links over TCP that does not do what TCP promises: nothing is lost, nothing comes twice, the order stays. */
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
final class FaultyLinksIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");

    /** Quick to notice silence. */
    private static final Map<String, ?> IMPATIENT =
            Map.of("rustnet.link.retransmit-after", "100ms", "rustnet.link.handshake-timeout", "1s");

    @TempDir
    Path data;

    @Test
    void resetsAtArbitraryBytesUnderLoadLoseAndDoubleNothing(TestReporter reporter) {
        long wanted = ENDURANCE ? 1_000 : 100;
        try (var mesh = new ProxiedMesh(4, data, Map.of())) {
            AtomicLong connections = new AtomicLong();
            mesh.proxies().forEach(proxy -> proxy.resetAfter(() -> budget(connections.incrementAndGet())));
            mesh.start();

            mesh.loadUntil(wanted + " resets", () -> resets(mesh) >= wanted, 300);
            mesh.proxies().forEach(FaultProxy::heal);

            mesh.assertAllDeliveredOnceAndInOrder();
            reporter.publishEntry(Map.of("resets", "" + resets(mesh), "broadcasts", "" + mesh.broadcast()));
        }
    }

    /** A batch counts only as a whole: on a fresh connection the first ones must be small. */
    @Test
    void aNetworkThatCutsEveryConnectionEarlyLetsSomethingThrough() {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.proxies().forEach(proxy -> proxy.resetAfter(() -> 100_000));
            mesh.start();

            mesh.loadUntil("deliveries", () -> mesh.counter(0, "uniform-reliable-broadcast.delivered") >= 2_000, 1_000);
            mesh.proxies().forEach(FaultProxy::heal);

            mesh.assertAllDeliveredOnceAndInOrder();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheNetworkHasSwallowedIsSentAgain(Direction direction) {
        try (var mesh = new ProxiedMesh(3, data, IMPATIENT)) {
            mesh.join();
            for (FaultProxy proxy : mesh.proxies()) {
                mesh.load(20, 1_000);
                proxy.swallow(direction);
                mesh.load(20, 1_000);
                // That of the last has no connection where it was dialled by nobody.
                mesh.until("bytes are swallowed", () -> proxy.connected() == 0 || proxy.swallowedBytes() > 0);
                proxy.heal();

                mesh.assertAllDeliveredOnceAndInOrder();
            }
            assertThat(mesh.proxies()).anyMatch(proxy -> proxy.swallowedBytes() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStallEndsNothing(Direction direction) {
        try (var mesh = new ProxiedMesh(3, data, IMPATIENT)) {
            mesh.join();
            mesh.proxies().forEach(proxy -> proxy.stall(direction));
            mesh.load(50, 10_000);
            mesh.proxies().forEach(FaultProxy::heal);

            mesh.assertAllDeliveredOnceAndInOrder();
        }
    }

    @Test
    void bytesMayTrickle() {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.proxies().forEach(FaultProxy::trickle);
            mesh.join();
            mesh.load(20, 100);

            mesh.assertAllDeliveredOnceAndInOrder();
        }
    }

    /** A loop that spins would turn many thousand times while the others wait for some heartbeats. */
    @Test
    void loopsWaitInTheirSelectorAfterTricklesAndWhileAReaderStalls() {
        Map<String, ?> beating = Map.of(
                "rustnet.components.failure-detector.heartbeat-interval", "20ms",
                "rustnet.components.failure-detector.timeout", "60s");
        try (var mesh = new ProxiedMesh(3, data, beating)) {
            mesh.proxies().forEach(FaultProxy::trickle);
            mesh.join();
            mesh.load(20, 100);
            mesh.assertAllDeliveredOnceAndInOrder();
            mesh.proxies().forEach(FaultProxy::heal);
            assertLoopsWait(mesh);

            mesh.proxies().forEach(proxy -> proxy.stall(Direction.TO_TARGET));
            mesh.load(20, 10_000);
            assertLoopsWait(mesh);

            mesh.proxies().forEach(FaultProxy::heal);
            mesh.assertAllDeliveredOnceAndInOrder();
        }
    }

    private static void assertLoopsWait(ProxiedMesh mesh) {
        int size = mesh.proxies().size();
        long[] before =
                IntStream.range(0, size).mapToLong(rank -> turns(mesh, rank)).toArray();
        long begin = System.nanoTime();
        mesh.until("every loop has turned", () -> IntStream.range(0, size)
                .allMatch(rank -> turns(mesh, rank) >= before[rank] + 200));
        long micros = 1 + (System.nanoTime() - begin) / 1_000;
        for (int rank = 0; rank < size; rank++) {
            assertThat((turns(mesh, rank) - before[rank]) * 1_000 / micros)
                    .as("turns in a millisecond")
                    .isLessThan(10);
        }
    }

    private static long turns(ProxiedMesh mesh, int rank) {
        return mesh.counter(rank, "loop.turns");
    }

    @Test
    void aReplayedConnectionChangesNothing() {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.proxies().forEach(FaultProxy::record);
            mesh.join();
            mesh.load(50, 500);
            mesh.assertAllDeliveredOnceAndInOrder();
            int before = accepted(mesh);

            for (FaultProxy proxy : mesh.proxies()) {
                for (byte[] recording : proxy.recordings()) {
                    proxy.replay(recording);
                }
            }
            mesh.load(50, 500);

            mesh.assertAllDeliveredOnceAndInOrder();
            assertThat(accepted(mesh)).isEqualTo(before);
        }
    }

    @Test
    void aConnectionReplayedWhileThereIsNoneChangesNothing() {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.proxies().forEach(FaultProxy::record);
            mesh.join();
            mesh.load(50, 500);
            mesh.assertAllDeliveredOnceAndInOrder();

            for (FaultProxy proxy : mesh.proxies()) {
                for (byte[] recording : proxy.recordings()) {
                    proxy.reset();
                    proxy.replay(recording);
                    mesh.load(20, 500);
                    mesh.assertAllDeliveredOnceAndInOrder();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void injectedBytesEndThatConnectionOnly(Direction direction) {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.join();
            mesh.load(50, 500);
            mesh.assertAllDeliveredOnceAndInOrder();
            FaultProxy hit = mesh.proxies().stream()
                    .filter(proxy -> proxy.connected() > 0)
                    .findFirst()
                    .orElseThrow();
            List<FaultProxy> others =
                    mesh.proxies().stream().filter(proxy -> proxy != hit).toList();
            int before = hit.accepted();
            int beforeOthers = others.stream().mapToInt(FaultProxy::accepted).sum();
            byte[] garbage = new byte[500];
            new Random(1).nextBytes(garbage);
            garbage[0] = (byte) 0xff;

            hit.inject(direction, garbage);
            mesh.until("somebody has noticed", () -> badFrames(mesh) > 0);
            mesh.load(50, 500);

            mesh.assertAllDeliveredOnceAndInOrder();
            assertThat(accepted(mesh)).isGreaterThan(before + beforeOthers);
        }
    }

    /**
     * Steps of primes, so that the resets fall everywhere; every third into the handshake or soon after it. The others let
     * some batches through, of which each counts only as a whole.
     */
    private static long budget(long connection) {
        return connection % 3 == 0 ? 1 + connection * 101 % 2_003 : 1 + connection * 7_919 % 2_000_003;
    }

    private static long resets(ProxiedMesh mesh) {
        return mesh.proxies().stream().mapToLong(FaultProxy::resets).sum();
    }

    private static int accepted(ProxiedMesh mesh) {
        return mesh.proxies().stream().mapToInt(FaultProxy::accepted).sum();
    }

    private static long badFrames(ProxiedMesh mesh) {
        long sum = 0;
        for (int i = 0; i < mesh.proxies().size(); i++) {
            sum += mesh.counter(i, "link.connections.bad-frame");
        }
        return sum;
    }
}
