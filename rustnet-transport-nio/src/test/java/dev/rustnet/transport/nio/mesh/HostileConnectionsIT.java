package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes of which one has hostile connections, many of each kind, that have not passed the handshake: each of them ends,
 * the honest ones go on and suspect nobody, the heap stays, and the log does not fill up.
 */
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
final class HostileConnectionsIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final int EACH = ENDURANCE ? 1_000 : 150;

    /** What is new in the heap must fit into this, whatever the number of connections. */
    private static final long HEAP_MARGIN = 5_000_000;

    private static final long SILENCE_IN_LOG_SECONDS = 10;

    @TempDir
    Path data;

    private final Random random = new Random(11);
    private final LoggedLines log = new LoggedLines();
    private HonestGroup group;
    private RecordedHello stranger;
    private RecordedHello sameName;
    private RecordedHello second;

    @BeforeEach
    void start() {
        group = new HonestGroup(3, 3, data, Map.of("rustnet.link.handshake-timeout", "1s"));
        List<String> withStranger = new ArrayList<>(group.peers());
        withStranger.add("stranger@127.0.0.1:1");
        stranger = hello("stranger", withStranger, "127.0.0.1:1", 0);
        sameName = hello("p1", group.peers(), "127.0.0.1:2", 1);
        second = hello("p2", group.peers(), "127.0.0.1:3", 0);
        group.start();
    }

    private RecordedHello hello(String name, List<String> peers, String advertise, int dialled) {
        return RecordedHello.of(
                group.builder(name, peers).set("rustnet.node.advertise", advertise), List.of(group.proxy(dialled)));
    }

    @AfterEach
    void stop() {
        group.close();
        log.close();
    }

    @Test
    void manyConnectionsOfEachKindThatDoNotPassTheHandshake(TestReporter reporter) {
        attackInEveryWay(20); // what is made once, and pools that fill, are not what this is about
        long heap = UsedHeap.bytes();
        int lines = log.all().size();
        long began = System.nanoTime();

        attackInEveryWay(EACH);

        group.assertUndisturbed();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        long grown = UsedHeap.bytes() - heap;
        List<String> said = log.all().subList(lines, log.all().size());
        reporter.publishEntry(Map.of(
                "connections of each kind", "" + EACH,
                "seconds", "" + seconds,
                "heap grown", "" + grown,
                "lines", "" + said.size()));
        assertThat(grown).isLessThan(HEAP_MARGIN);
        // Bad strangers, too many of them, refused ones, and those who say they are p1 or p2.
        assertThat((long) said.size())
                .as(() -> String.join("\n", said))
                .isLessThanOrEqualTo(5 * (2 + seconds / SILENCE_IN_LOG_SECONDS));
        assertThat(log.containing(
                        "two processes have the name p1: one at " + address(0) + ", the other at 127.0.0.1:2"))
                .isNotEmpty();
        assertThat(log.containing("two processes have the name p2: one at " + address(1)
                        + ", which is running, and one at 127.0.0.1:3"))
                .isNotEmpty();
        assertThat(log.containing("stranger (127.0.0.1:1) is not in the peer list of p1, which is p1@" + address(0)))
                .isNotEmpty();
    }

    @Test
    void whileSilentConnectionsHoldAllPlacesMembersThatWereCutOffComeBack() {
        List<HostileConnection> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                for (int k = 0; k < EACH; k++) {
                    flood.add(HostileConnection.to(group.node(0).address()));
                }
                for (int rank = 0; rank < 3; rank++) {
                    group.proxy(rank).reset();
                }
                group.untilAllHaveTalked(5);
            }
            group.assertUndisturbed();
        } finally {
            flood.forEach(HostileConnection::close);
        }
    }

    private String address(int rank) {
        return group.peers().get(rank).substring(HonestGroup.name(rank).length() + 1);
    }

    private void attackInEveryWay(int count) {
        for (HostileBytes kind : HostileBytes.values()) {
            attack(count, kind == HostileBytes.TRUNCATED_FRAME, () -> kind.bytes(random));
        }
        attack(count, false, () -> frame(garbageHello()));
        attack(count, false, () -> frame(second.inVersion(2)));
        attack(count, false, () -> frame(new byte[] {1, 0, 0, 0, 0, 0}));
        attack(count, false, () -> frame(new byte[] {5, 0, 3, 'n', 'o', '!'}));
        attack(count, false, () -> frame(new byte[] {99}));
        attack(count, false, () -> frame(stranger.frame()));
        attack(count, false, () -> frame(sameName.frame()));
        attack(count, false, () -> frame(second.ofTheLastIncarnation()));
        attack(count, false, () -> new byte[0]);
        drip(count);
        group.untilAllHaveTalked(1);
    }

    private static byte[] frame(byte[] content) {
        return HostileConnection.frame(content);
    }

    private byte[] garbageHello() {
        byte[] garbage = new byte[200];
        random.nextBytes(garbage);
        return ByteBuffer.wrap(garbage)
                .put(0, (byte) 2)
                .putInt(1, 0x524E4554)
                .put(5, (byte) 1)
                .array();
    }

    /** So many connections that say that; returns when the node has ended all of them. */
    private void attack(int count, boolean endOutput, Supplier<byte[]> bytes) {
        List<HostileConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                HostileConnection connection =
                        HostileConnection.to(group.node(0).address());
                connections.add(connection);
                connection.send(bytes.get());
                if (endOutput) {
                    connection.endOutput();
                }
            }
            connections.forEach(HostileConnection::awaitEnd);
        } finally {
            connections.forEach(HostileConnection::close);
        }
    }

    /** Connections that say something very slowly, until the node has ended all of them. */
    private void drip(int count) {
        List<HostileConnection> connections = new ArrayList<>();
        try {
            byte[] slowly = frame(Arrays.copyOf(stranger.frame(), 60_000));
            for (int i = 0; i < count; i++) {
                connections.add(HostileConnection.to(group.node(0).address()));
            }
            for (byte next : slowly) {
                connections.removeIf(connection -> {
                    boolean ended = !connection.send(new byte[] {next}) || connection.ended();
                    if (ended) {
                        connection.close();
                    }
                    return ended;
                });
                if (connections.isEmpty()) {
                    return;
                }
            }
            throw new AssertionError(connections.size() + " connections were not ended");
        } finally {
            connections.forEach(HostileConnection::close);
        }
    }
}
