package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member whose handshakes are in order, and what it says afterwards is not: p4, played with the hello of a real node. The
 * others go on as if nothing had been, and the node that it talks to keeps neither memory nor the log full of it.
 */
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
final class HostileMemberIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final int EACH = ENDURANCE ? 1_000 : 40;
    private static final long HEAP_MARGIN = 5_000_000;
    private static final long SILENCE_IN_LOG_SECONDS = 10;

    @TempDir
    Path data;

    private final Random random = new Random(13);
    private final LoggedLines log = new LoggedLines();
    private HonestGroup group;
    private RecordedHello hello;
    private final Map<HostileBatch, Integer> numbers = new EnumMap<>(HostileBatch.class);

    @BeforeEach
    void start() {
        group = new HonestGroup(
                4,
                3,
                data,
                Map.of(
                        // What p4 has not delivered holds up nobody.
                        "rustnet.components.uniform-reliable-broadcast.commit",
                        "majority",
                        // After a message that is bad again, half of it must pass before the next connection.
                        "rustnet.link.dial-backoff-min",
                        "10ms",
                        "rustnet.link.dial-backoff-max",
                        "20ms"));
        hello = RecordedHello.of(
                group.builder("p4", group.peers()), List.of(group.proxy(0), group.proxy(1), group.proxy(2)));
        group.proxy(3).close(); // it is seen that nobody listens there, and the others look after what p4 has broadcast
        group.start();
    }

    @AfterEach
    void stop() {
        group.close();
        log.close();
    }

    @Test
    void whatAMemberSaysAfterTheHandshakeEndsItsConnectionAtMost(TestReporter reporter) {
        attackInEveryWay(10);
        long heap = UsedHeap.bytes();
        int lines = log.all().size();
        long began = System.nanoTime();

        attackInEveryWay(EACH);

        Await.until(
                "messages that cannot be read are dropped",
                () -> group.counter(0, "uniform-reliable-broadcast.dropped.malformed") > 0,
                group::toString);
        group.assertUndisturbed();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        long grown = UsedHeap.bytes() - heap;
        List<String> said = log.all().subList(lines, log.all().size());
        reporter.publishEntry(Map.of(
                "connections of each kind", "" + EACH,
                "seconds", "" + seconds,
                "heap grown", "" + grown,
                "lines", "" + said.size()));
        assertThat(group.counter(0, "link.connections.bad-frame")).isGreaterThan(EACH * 5L);
        assertThat(group.counter(0, "link.dropped.unknown-component")).isPositive();
        assertThat(group.node(0).deadLetters()).isNotEmpty();
        assertThat(log.containing("RN-050")).isEmpty();
        // Bad frames of p4, its unknown component, messages that are bad again; of malformed ones, which all three
        // deliver, the first and then every power of two.
        long intervals = 2 + seconds / SILENCE_IN_LOG_SECONDS;
        int powersOfTwo = Integer.SIZE - Integer.numberOfLeadingZeros(EACH);
        assertThat((long) said.size())
                .as(() -> String.join("\n", said))
                .isLessThanOrEqualTo(4 * intervals + 3L * powersOfTwo);
        assertThat(grown).isLessThan(HEAP_MARGIN);
    }

    private void attackInEveryWay(int count) {
        for (HostileBytes kind : HostileBytes.values()) {
            attack(count, kind == HostileBytes.TRUNCATED_FRAME, () -> kind.bytes(random));
        }
        for (HostileBatch kind : HostileBatch.values()) {
            attack(
                    count,
                    true,
                    () -> HostileConnection.frame(
                            kind.content(hello.tag(), numbers.merge(kind, 1, Integer::sum), random)));
        }
        group.untilAllHaveTalked(1);
    }

    /** So many connections that pass the handshake, say that, and are ended. */
    private void attack(int count, boolean endOutput, Supplier<byte[]> bytes) {
        for (int i = 0; i < count; i++) {
            try (HostileConnection connection = admitted()) {
                connection.send(bytes.get());
                if (endOutput) {
                    connection.endOutput();
                }
                connection.awaitEnd();
            }
        }
    }

    /** After a message that is bad again, p4 is turned away for a while. */
    private HostileConnection admitted() {
        AtomicReference<HostileConnection> admitted = new AtomicReference<>();
        Await.until(
                "p4 is admitted",
                () -> {
                    HostileConnection connection =
                            HostileConnection.to(group.node(0).address());
                    if (connection.handshake(hello.frame())) {
                        admitted.set(connection);
                        return true;
                    }
                    connection.awaitEnd();
                    connection.close();
                    return false;
                },
                group::toString);
        return admitted.get();
    }
}
