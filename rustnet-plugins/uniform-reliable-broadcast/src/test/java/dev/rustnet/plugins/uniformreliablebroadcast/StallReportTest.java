package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeBroadcastLog;
import dev.rustnet.testkit.fake.FakeGroupMembership;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallReportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGER = PATIENCE.plusSeconds(2);

    private final ManualTime time = new ManualTime();
    private final FakeGroupMembership membership =
            new FakeGroupMembership("first", "second", "third", "fourth").allJoined();
    private final List<String> sentences = new ArrayList<>();

    // By rank: first, fourth, second, third.
    private FakeBroadcastLog log;
    private AllAckUniformReliableBroadcast protocol;

    private void start(CommitRule rule) {
        protocol = new AllAckUniformReliableBroadcast(rule);
        log = new FakeBroadcastLog(membership.view(), 0, protocol);
        LazyRelay relay = new LazyRelay(log, membership, time, PATIENCE);
        protocol.attach(log, relay);
        log.installView();
        StallReport report = new StallReport(log, membership, rule, relay::suspected, time, PATIENCE, sentences::add);
        time.every(Duration.ofSeconds(1), report::check);
    }

    @Test
    void saysForWhoseAcknowledgementsItWaits() {
        start(CommitRule.ALL_UNSUSPECTED);
        log.receive(0, 11);
        for (int process = 1; process < 4; process++) {
            log.acknowledge(process, 0, 11);
        }
        log.receive(0, 12);
        log.acknowledge(2, 0, 12);
        protocol.suspect(new ProcessId("fourth", 1));
        protocol.suspect(new ProcessId("third", 1));

        time.advance(LONGER);

        assertThat(sentences)
                .containsExactly(
                        "waits for acknowledgements of fourth (suspected), third (suspected): message first#12 is"
                                + " held by 2 processes, 3 of 4 needed");
    }

    @Test
    void saysHowManyAreNeededByEachRule() {
        start(CommitRule.ALL_LIVING);
        log.receive(0, 1);
        log.remove(1);
        time.advance(LONGER);
        start(CommitRule.MAJORITY);
        log.receive(0, 1);
        time.advance(LONGER);

        assertThat(sentences)
                .containsExactly(
                        "waits for acknowledgements of second, third: message first#1 is held by 1 process, 3 of 4 needed",
                        "waits for acknowledgements of fourth, second, third: message first#1 is held by 1 process, 3 of 4"
                                + " needed");
    }

    @Test
    void saysNothingAtItsFirstLookOfAMessageThatHasJustCome() {
        time.advance(PATIENCE.multipliedBy(10));
        start(CommitRule.ALL_UNSUSPECTED);
        log.receive(0, 1);

        time.advance(Duration.ofSeconds(1));

        assertThat(sentences).isEmpty();
    }

    @Test
    void saysThatNobodyIsLeftWhenAllWhoCountHoldItAndTheyAreTooFew() {
        start(CommitRule.ALL_UNSUSPECTED);
        log.receive(0, 1);
        log.acknowledge(2, 0, 1);
        log.remove(1);
        log.remove(3);

        time.advance(LONGER);

        assertThat(sentences)
                .containsExactly(
                        "waits for more processes, but no more are left: message first#1 is held by 2 processes,"
                                + " 3 of 4 needed");
    }

    @Test
    void saysNothingWhileMessagesGetThrough() {
        start(CommitRule.ALL_UNSUSPECTED);

        for (long number = 1; number <= 100; number++) {
            log.receive(0, number + 5);
            log.acknowledge(1, 0, number);
            log.acknowledge(2, 0, number);
            log.acknowledge(3, 0, number);
            time.advance(PATIENCE.dividedBy(2));
        }

        assertThat(sentences).isEmpty();
    }

    @Test
    void repeatsItselfRarely() {
        start(CommitRule.ALL_UNSUSPECTED);
        log.receive(0, 1);

        time.advance(Duration.ofMinutes(3));

        assertThat(sentences).hasSize(3);
    }

    @Test
    void saysWhenItGoesOn() {
        start(CommitRule.ALL_UNSUSPECTED);
        log.receive(0, 1);
        time.advance(LONGER);

        log.acknowledge(1, 0, 1);
        log.acknowledge(2, 0, 1);
        log.acknowledge(3, 0, 1);
        time.advance(Duration.ofSeconds(2));

        assertThat(sentences).hasSize(2).last().isEqualTo("delivers again");
    }
}
