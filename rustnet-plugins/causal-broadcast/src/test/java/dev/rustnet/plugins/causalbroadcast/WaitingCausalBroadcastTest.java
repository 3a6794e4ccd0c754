package dev.rustnet.plugins.causalbroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastAlgorithm;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.fake.FakeBroadcastLog;
import dev.rustnet.testkit.fake.FakeGroupMembership;
import dev.rustnet.testkit.fake.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The third of three processes; the algorithm below releases what arrives. */
class WaitingCausalBroadcastTest {
    private static final View VIEW =
            new View(1, List.of(new ProcessId("p1", 1), new ProcessId("p2", 1), new ProcessId("p3", 1)));

    private final List<String> discarded = new ArrayList<>();
    private final WaitingCausalBroadcast protocol = new WaitingCausalBroadcast(
            3,
            (source, first, last, awaited, number) ->
                    discarded.add(source + "#" + first + ".." + last + " without " + awaited + "#" + number));
    private final FakeBroadcastLog log = new FakeBroadcastLog(VIEW, 2, protocol);

    /** Delivers what arrives. */
    private record ReleaseAll(BroadcastLog log) implements BroadcastProtocol {
        @Override
        public void viewInstalled(View view) {}

        @Override
        public void received(int source, long upTo) {
            log.deliver(source, upTo);
        }

        @Override
        public void acked(int process, int source, long upTo) {}

        @Override
        public void removed(int process) {}
    }

    @BeforeEach
    void begin() {
        protocol.attach(
                log,
                new BroadcastAlgorithm(
                        BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, ReleaseAll::new));
        log.installView();
    }

    /** A message that adds these to what its source had delivered: rank, number, rank, number. */
    private void arrives(int source, long number, int... causes) {
        ByteBuffer prefix = ByteBuffer.allocate(1 + causes.length).put((byte) (causes.length / 2));
        for (int part : causes) {
            prefix.put((byte) part);
        }
        log.prefix(source, number, prefix.array());
        log.receive(source, number);
    }

    private List<String> deliveries() {
        return log.deliveries().stream().map(MessageId::toString).toList();
    }

    @Test
    void aMessageWaitsForWhatItsSourceHadDelivered() {
        arrives(1, 1, 0, 1);
        assertThat(deliveries()).isEmpty();

        arrives(0, 1);
        assertThat(deliveries()).containsExactly("p1#1", "p2#1");
    }

    @Test
    void concurrentMessagesAreNotHeldBack() {
        arrives(1, 1, 0, 1);
        arrives(2, 1);

        assertThat(deliveries()).containsExactly("p3#1");
    }

    @Test
    void causesAddUpFromMessageToMessageOfOneSource() {
        arrives(1, 1, 0, 1);
        arrives(1, 2);
        arrives(1, 3, 0, 2);
        arrives(0, 1);
        assertThat(deliveries()).containsExactly("p1#1", "p2#1", "p2#2");

        arrives(0, 2);
        arrives(0, 3);
        assertThat(deliveries()).containsExactly("p1#1", "p2#1", "p2#2", "p1#2", "p1#3", "p2#3");
    }

    @Test
    void theOwnMessageNamesWhatWasDeliveredAndThenOnlyWhatIsNew() {
        arrives(0, 1);
        arrives(1, 1);
        assertThat(written()).containsExactly(2, 0, 1, 1, 1);
        assertThat(written()).containsExactly(0);

        arrives(1, 2);
        assertThat(written()).containsExactly(1, 1, 1);
    }

    @Test
    void theCutOfAViewIsDeliveredInCausalOrder() {
        arrives(0, 1);
        arrives(1, 1, 0, 2);
        arrives(1, 2);
        log.receiveSilently(0, 2);
        log.prefix(0, 2, new byte[] {0});

        protocol.viewEnds(log, new long[] {2, 2, 0});

        assertThat(deliveries()).containsExactly("p1#1", "p1#2", "p2#1", "p2#2");
        assertThat(discarded).isEmpty();
    }

    /** Each message was judged by the causes of the one after it, since those of a message can be read only once. */
    @Test
    void whatIsReleasedWhileTheViewTakesNothingIsDeliveredWithTheCut() {
        log.takeDeliveries(false);
        arrives(1, 1);
        arrives(1, 2, 0, 1);
        arrives(0, 1);
        assertThat(deliveries()).isEmpty();

        log.takeDeliveries(true);
        protocol.viewEnds(log, new long[] {1, 2, 0});

        assertThat(deliveries()).containsExactly("p1#1", "p2#1", "p2#2");
        assertThat(discarded).isEmpty();
    }

    @Test
    void whatFollowsALostMessageIsDiscardedAtTheEndOfTheViewAndNothingElse() {
        arrives(0, 1);
        arrives(1, 1);
        arrives(1, 2, 0, 2);
        arrives(1, 3);

        protocol.viewEnds(log, new long[] {1, 3, 0});

        assertThat(deliveries()).containsExactly("p1#1", "p2#1");
        assertThat(discarded).containsExactly("1#2..3 without 0#2");
    }

    private byte[] written() {
        ByteBuffer out = ByteBuffer.allocate(protocol.maxPrefixLength());
        protocol.writePrefix(out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    @Test
    void aMessageThatWaitsForLongSaysOnceForWhich() {
        List<String> lines = new ArrayList<>();
        ManualTime time = new ManualTime();
        WaitReport report = new WaitReport(
                protocol, log, new FakeGroupMembership("p1", "p2", "p3"), time, Duration.ofSeconds(5), lines::add);
        arrives(1, 1, 0, 1);
        for (int second = 0; second < 20; second++) {
            report.check();
            time.advance(Duration.ofSeconds(1));
        }
        arrives(0, 1);
        report.check();

        assertThat(lines).containsExactly("message p2#1 waits for p1#1, which has not arrived");
    }
}
