package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final ProcessId FIRST = new ProcessId("first", 1);
    private static final ProcessId SECOND = new ProcessId("second", 1);

    private final ManualTime time = new ManualTime();
    private final FakeChannel channel = new FakeChannel();
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private WorkloadReport report;

    private Workload workload(long messages, long rate, int startWhen) {
        report = new WorkloadReport(messages);
        Workload workload = new Workload(
                new Workload.Plan(messages, rate, startWhen),
                new WorkloadPayload(32),
                channel,
                FIRST,
                time,
                turns::add,
                new EventLog(
                        new Group(
                                List.of(new Group.Member("first", "first:1"), new Group.Member("second", "second:1"))),
                        FIRST,
                        line -> lines.add(line.toString()),
                        line -> {}),
                report);
        workload.start();
        return workload;
    }

    private void allTurns() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    private static List<Long> numbers(List<byte[]> payloads) {
        return payloads.stream()
                .map(payload -> ByteBuffer.wrap(payload).getLong())
                .toList();
    }

    @Test
    void waitsUntilThatManyPeersHaveJoined() {
        Workload workload = workload(3, 0, 2);

        workload.joined();
        allTurns();
        assertThat(channel.sent()).isEmpty();
        workload.joined();
        allTurns();

        assertThat(numbers(channel.sent())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void broadcastsAllInOrderInBursts() {
        workload(1000, 0, 0);

        turns.remove().run();
        assertThat(channel.sent()).hasSizeLessThan(1000);
        allTurns();

        assertThat(numbers(channel.sent()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void aRefusedBroadcastKeepsItsNumberAndIsLoggedOnce() {
        channel.window(2);
        workload(4, 0, 0);
        allTurns();
        assertThat(lines).containsExactly("b 1", "b 2", "b 3");

        channel.window(1);
        channel.window(5);
        allTurns();

        assertThat(numbers(channel.sent())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(lines).containsExactly("b 1", "b 2", "b 3", "b 4");
    }

    @Test
    void keepsToItsRate() {
        Workload workload = workload(1000, 100, 0);
        time.every(Duration.ofMillis(1), () -> {
            workload.pump();
            allTurns();
        });
        time.advance(Duration.ofSeconds(3));
        allTurns();
        int before = channel.sent().size();

        time.advance(Duration.ofSeconds(2));

        assertThat(channel.sent().size() - before).isEqualTo(200);
    }

    @Test
    void neverBroadcastsMoreThanConfigured() {
        Workload workload = workload(10, 100, 0);
        time.every(Duration.ofMillis(1), workload::pump);
        allTurns();

        time.advance(Duration.ofMinutes(1));

        assertThat(channel.sent()).hasSize(10);
    }

    @Test
    void aDeliveryIsLoggedWithTheSendersOwnNumber() {
        workload(0, 0, 0);

        channel.deliver(SECOND, 40, new WorkloadPayload(64).encode(7, 0));

        assertThat(lines).containsExactly("d 2 7");
    }

    @Test
    void aDamagedPayloadIsNoDelivery() {
        workload(0, 0, 0);
        byte[] payload = new WorkloadPayload(64).encode(7, 0);
        payload[50]++;

        assertThatThrownBy(() -> channel.deliver(SECOND, 40, payload))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("second#40");
        assertThat(lines).isEmpty();
        assertThat(report.summary()).contains("DAMAGED 1");
    }

    @Test
    void progressIsReportedWhileThingsHappenAndTheSummaryOnceTheyDoNot() {
        workload(1, 0, 0);
        allTurns();
        time.advance(Duration.ofMillis(250));
        channel.deliver(FIRST, 1, channel.sent().get(0));
        channel.deliver(SECOND, 1, new WorkloadPayload(32).encode(1, 0));

        assertThat(report.due()).hasValue("broadcast 1 of 1, delivered 2, of these own 1");
        assertThat(report.due()).hasValueSatisfying(line -> assertThat(line)
                .startsWith("done: broadcast 1, delivered 2 in 0.250 s: 8 msg/s, 0.00 MB/s; own delivery p50 25")
                .doesNotContain("DAMAGED"));
        assertThat(report.due()).isEmpty();
    }
}
