package dev.rustnet.plugins.reliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeBroadcastLog;
import dev.rustnet.testkit.fake.FakeGroupMembership;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rule of lazy relay is tested here too, where it is used. */
class LazyReliableBroadcastTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ProcessId B = new ProcessId("b", 1);
    private static final ProcessId C = new ProcessId("c", 1);
    private static final int A_RANK = 0;
    private static final int B_RANK = 1;
    private static final int C_RANK = 2;
    private static final int D_RANK = 3;

    private final ManualTime time = new ManualTime();
    private final FakeGroupMembership membership = new FakeGroupMembership("a", "b", "c", "d");
    private final LazyReliableBroadcast protocol = new LazyReliableBroadcast();
    private final FakeBroadcastLog log = new FakeBroadcastLog(membership.view(), A_RANK, protocol);

    LazyReliableBroadcastTest() {
        protocol.attach(log, new LazyRelay(log, membership, time, PATIENCE));
        log.installView();
        membership.allJoined();
        time.every(PATIENCE.dividedBy(8), protocol::check);
    }

    /** All that {@code b} has broadcast up to there has arrived here and at {@code d}, and not at {@code c}. */
    private void onlyTheThirdLacksMessagesOfTheSecondUpTo(long upTo) {
        log.receive(B_RANK, upTo);
        log.acknowledge(D_RANK, B_RANK, upTo);
    }

    @Test
    void theOwnMessagesGoToEveryOtherMember() {
        assertThat(log.sending(A_RANK, B_RANK)).isTrue();
        assertThat(log.sending(A_RANK, C_RANK)).isTrue();
        assertThat(log.sending(A_RANK, D_RANK)).isTrue();
    }

    @Test
    void whatArrivesIsDeliveredAtOnceAndOnce() {
        log.receive(B_RANK, 2);
        log.receive(B_RANK, 2);

        assertThat(log.deliveries()).hasToString("[b#1, b#2]");
    }

    @Test
    void whileTheSourceIsTrustedNothingIsRelayed() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);

        time.advance(PATIENCE.dividedBy(2));

        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
        assertThat(log.sending(B_RANK, D_RANK)).isFalse();
    }

    @Test
    void theMessagesOfASuspectedSourceAreRelayed() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);

        protocol.suspect(B);

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
    }

    @Test
    void messagesOfASuspectedSourceThatArriveLaterAreRelayedToo() {
        protocol.suspect(B);

        log.receive(B_RANK, 3);

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
        assertThat(log.sending(B_RANK, D_RANK)).isTrue();
    }

    @Test
    void theMessagesOfASourceThatCrashedOrLeftAreRelayed() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);

        log.remove(B_RANK);

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
    }

    @Test
    void afterAWrongSuspicionTheRelayEndsOnceWhatItHeldUpHasArrived() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);
        protocol.suspect(B);

        protocol.restore(B);
        log.receive(B_RANK, 9);
        log.acknowledge(C_RANK, B_RANK, 2);
        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
        assertThat(log.sending(B_RANK, D_RANK))
                .as("to whom nothing was lacking")
                .isFalse();
        log.acknowledge(C_RANK, B_RANK, 3);

        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
    }

    @Test
    void whileTheSuspicionLastsTheRelayGoesOn() {
        protocol.suspect(B);
        log.receive(B_RANK, 3);

        log.acknowledge(C_RANK, B_RANK, 3);
        time.advance(PATIENCE.multipliedBy(100));

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
    }

    @Test
    void aGapThatLastsIsHealedWhoeverTheSourceIs() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);

        time.advance(PATIENCE.plus(PATIENCE.dividedBy(4)));

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
        assertThat(log.sending(B_RANK, D_RANK)).isFalse();
    }

    @Test
    void aGapThatIsHealedIsRelayedNoMore() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);
        time.advance(PATIENCE.multipliedBy(2));

        log.acknowledge(C_RANK, B_RANK, 3);

        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
    }

    @Test
    void aReceiverThatIsBehindButMakesProgressIsLeftToTheSource() {
        for (long number = 1; number <= 100; number++) {
            log.receive(B_RANK, number + 10);
            log.acknowledge(C_RANK, B_RANK, number);
            log.acknowledge(D_RANK, B_RANK, number);
            time.advance(PATIENCE.dividedBy(4));
        }

        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
        assertThat(log.sending(B_RANK, D_RANK)).isFalse();
    }

    @Test
    void aLinkThatWasRelayedAroundIsTriedAgainAfterTenPatiences() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);
        time.advance(PATIENCE.multipliedBy(2));
        assertThat(log.sending(B_RANK, C_RANK)).isTrue();

        time.advance(PATIENCE.multipliedBy(9).plus(PATIENCE.dividedBy(2)));
        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
        time.advance(PATIENCE.multipliedBy(2));

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
    }

    @Test
    void thePatienceOfASuspectedReceiverBeginsWhenItIsBack() {
        onlyTheThirdLacksMessagesOfTheSecondUpTo(3);
        protocol.suspect(C);
        time.advance(PATIENCE.multipliedBy(10));
        assertThat(log.sending(B_RANK, C_RANK)).isFalse();

        protocol.restore(C);
        time.advance(PATIENCE.minusSeconds(1));
        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
        time.advance(PATIENCE);

        assertThat(log.sending(B_RANK, C_RANK)).isTrue();
    }

    @Test
    void aLateMemberIsOwedEverythingByTheSourceAlone() {
        FakeGroupMembership withoutC = new FakeGroupMembership("a", "b", "c", "d");
        LazyReliableBroadcast other = new LazyReliableBroadcast();
        FakeBroadcastLog otherLog = new FakeBroadcastLog(withoutC.view(), A_RANK, other);
        other.attach(otherLog, new LazyRelay(otherLog, withoutC, time, PATIENCE));
        otherLog.installView();
        withoutC.join(B);
        withoutC.join(new ProcessId("d", 1));
        time.every(PATIENCE.dividedBy(8), other::check);

        otherLog.receive(B_RANK, 3);
        time.advance(PATIENCE.multipliedBy(10));

        assertThat(otherLog.sending(B_RANK, C_RANK)).isFalse();
        assertThat(otherLog.sending(A_RANK, C_RANK)).isTrue();
    }

    @Test
    void theOwnMessagesGoOutWhateverHappens() {
        protocol.suspect(new ProcessId("a", 1));
        protocol.restore(new ProcessId("a", 1));
        log.acknowledge(C_RANK, A_RANK, 0);
        time.advance(PATIENCE.multipliedBy(30));

        assertThat(log.sending(A_RANK, C_RANK)).isTrue();
    }

    /** The original never let go of a crashed peer: whoever counts no more is not sent anything. */
    @Test
    void nothingIsRelayedToWhoCountsNoMore() {
        log.remove(C_RANK);

        protocol.suspect(B);
        time.advance(PATIENCE.multipliedBy(3));

        assertThat(log.sending(B_RANK, C_RANK)).isFalse();
    }
}
