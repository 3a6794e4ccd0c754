package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.LazyRelay;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.fake.FakeBroadcastLog;
import dev.rustnet.testkit.fake.FakeGroupMembership;
import dev.rustnet.testkit.fake.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllAckUniformReliableBroadcastTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ProcessId B = new ProcessId("b", 1);
    private static final ProcessId C = new ProcessId("c", 1);
    private static final ProcessId D = new ProcessId("d", 1);
    private static final int A_RANK = 0;
    private static final int B_RANK = 1;
    private static final int C_RANK = 2;
    private static final int D_RANK = 3;

    /** The protocol at the first of four processes. */
    private static final class Setting {
        private final ManualTime time = new ManualTime();
        private final FakeGroupMembership membership = new FakeGroupMembership("a", "b", "c", "d").allJoined();
        private final AllAckUniformReliableBroadcast protocol;
        private final FakeBroadcastLog log;

        Setting(CommitRule rule) {
            protocol = new AllAckUniformReliableBroadcast(rule);
            log = new FakeBroadcastLog(membership.view(), A_RANK, protocol);
            protocol.attach(log, new LazyRelay(log, membership, time, PATIENCE));
            log.installView();
            time.every(PATIENCE.dividedBy(8), protocol::check);
        }
    }

    private final Setting all = new Setting(CommitRule.ALL_UNSUSPECTED);
    private final Setting living = new Setting(CommitRule.ALL_LIVING);
    private final Setting majority = new Setting(CommitRule.MAJORITY);

    @Test
    void deliversOnceAllHaveAcknowledged() {
        all.log.receive(B_RANK, 1);
        all.log.acknowledge(C_RANK, B_RANK, 1);
        assertThat(all.log.deliveries()).isEmpty();

        all.log.acknowledge(D_RANK, B_RANK, 1);

        assertThat(all.log.deliveries()).hasToString("[b#1]");
    }

    @Test
    void theOwnMessagesWaitForAcknowledgementsToo() {
        all.log.receive(A_RANK, 1);
        assertThat(all.log.deliveries()).isEmpty();

        all.log.acknowledge(B_RANK, A_RANK, 1);
        all.log.acknowledge(C_RANK, A_RANK, 1);
        all.log.acknowledge(D_RANK, A_RANK, 1);

        assertThat(all.log.deliveries()).hasToString("[a#1]");
    }

    @Test
    void oneAcknowledgementStandsForAllMessagesBefore() {
        all.log.receive(B_RANK, 100);
        all.log.acknowledge(C_RANK, B_RANK, 100);

        all.log.acknowledge(D_RANK, B_RANK, 70);

        assertThat(all.log.delivered(B_RANK)).isEqualTo(70);
    }

    @Test
    void anAcknowledgementBeforeItsMessageCounts() {
        all.log.acknowledge(C_RANK, B_RANK, 1);
        all.log.acknowledge(D_RANK, B_RANK, 1);

        all.log.receive(B_RANK, 1);

        assertThat(all.log.deliveries()).hasToString("[b#1]");
    }

    @Test
    void anAcknowledgementTwiceCountsOnce() {
        all.log.receive(B_RANK, 1);
        all.log.acknowledge(C_RANK, B_RANK, 1);
        all.log.acknowledge(C_RANK, B_RANK, 1);

        assertThat(all.log.deliveries()).isEmpty();
    }

    @Test
    void aSuspicionLetsThoseGoOnWhoAreAMajority() {
        all.log.receive(B_RANK, 1);
        all.log.acknowledge(C_RANK, B_RANK, 1);

        all.protocol.suspect(D);

        assertThat(all.log.deliveries()).hasToString("[b#1]");
    }

    @Test
    void inASplitOfTwoAndTwoNothingIsDeliveredUntilItHeals() {
        all.log.receive(A_RANK, 1);
        all.log.acknowledge(B_RANK, A_RANK, 1);
        all.protocol.suspect(C);
        all.protocol.suspect(D);
        all.time.advance(PATIENCE.multipliedBy(100));
        assertThat(all.log.deliveries()).isEmpty();

        all.protocol.restore(C);
        all.protocol.restore(D);
        all.log.acknowledge(C_RANK, A_RANK, 1);
        all.log.acknowledge(D_RANK, A_RANK, 1);

        assertThat(all.log.deliveries()).hasToString("[a#1]");
    }

    @Test
    void theLastMemberOfFourDeliversNothingAloneWithoutAPerfectDetector() {
        all.log.receive(A_RANK, 1);

        all.protocol.suspect(B);
        all.protocol.suspect(C);
        all.protocol.suspect(D);

        assertThat(all.log.deliveries()).isEmpty();
    }

    @Test
    void aRestoredProcessIsWaitedForAgain() {
        all.protocol.suspect(D);
        all.protocol.restore(D);
        all.log.receive(B_RANK, 1);

        all.log.acknowledge(C_RANK, B_RANK, 1);

        assertThat(all.log.deliveries()).isEmpty();
    }

    @Test
    void aSuspicionIsNoReasonToWaitForFewerWithAPerfectDetector() {
        living.log.receive(B_RANK, 1);
        living.log.acknowledge(C_RANK, B_RANK, 1);

        living.protocol.suspect(D);

        assertThat(living.log.deliveries()).isEmpty();
    }

    @Test
    void withAPerfectDetectorAnyNumberMayCrash() {
        living.log.receive(A_RANK, 1);
        living.log.remove(B_RANK);
        living.log.remove(C_RANK);
        assertThat(living.log.deliveries()).isEmpty();

        living.log.remove(D_RANK);

        assertThat(living.log.deliveries()).hasToString("[a#1]");
    }

    @Test
    void aCrashDetectedBeforeTheMessageArrivesCounts() {
        living.log.remove(D_RANK);
        living.log.receive(B_RANK, 1);

        living.log.acknowledge(C_RANK, B_RANK, 1);

        assertThat(living.log.deliveries()).hasToString("[b#1]");
    }

    @Test
    void aMajorityIsEnoughWhereTheRuleSaysSo() {
        majority.log.receive(B_RANK, 1);
        assertThat(majority.log.deliveries()).isEmpty();

        majority.log.acknowledge(D_RANK, B_RANK, 1);

        assertThat(majority.log.deliveries()).hasToString("[b#1]");
    }

    @Test
    void whatAMajorityHoldsIsNotDeliveredWhereItHasNotArrived() {
        majority.log.acknowledge(B_RANK, B_RANK, 5);
        majority.log.acknowledge(C_RANK, B_RANK, 5);
        majority.log.acknowledge(D_RANK, B_RANK, 5);
        assertThat(majority.log.deliveries()).isEmpty();

        majority.log.receive(B_RANK, 2);

        assertThat(majority.log.deliveries()).hasToString("[b#1, b#2]");
    }

    @Test
    void aGapThatLastsIsHealedWhoeverTheSourceIs() {
        all.log.receive(B_RANK, 1);
        all.log.acknowledge(D_RANK, B_RANK, 1);

        all.time.advance(PATIENCE.multipliedBy(2));

        assertThat(all.log.sending(B_RANK, C_RANK)).isTrue();
    }

    /** The original waited for the acknowledgements of crashed peers for ever. */
    @Test
    void bugWaitForAcknowledgementsOfCrashedPeersForEver() {
        for (Setting setting : new Setting[] {all, living}) {
            setting.log.receive(B_RANK, 1);
            setting.log.acknowledge(C_RANK, B_RANK, 1);
            assertThat(setting.log.deliveries()).isEmpty();

            setting.log.remove(D_RANK);

            assertThat(setting.log.deliveries()).hasToString("[b#1]");
        }
    }

    /** The original relayed only what it had delivered, so that pending messages of a crashed process were lost. */
    @Test
    void bugRelayOfDeliveredMessagesOnly() {
        all.log.receive(B_RANK, 1);
        assertThat(all.log.deliveries()).isEmpty();

        all.protocol.suspect(B);

        assertThat(all.log.deliveries()).isEmpty();
        assertThat(all.log.sending(B_RANK, C_RANK)).isTrue();
        assertThat(all.log.sending(B_RANK, D_RANK)).isTrue();
    }

    /** The original called the application when a message arrived. */
    @Test
    void bugCallbackAtReceipt() {
        all.log.receive(B_RANK, 1);
        living.log.receive(B_RANK, 1);
        majority.log.receive(B_RANK, 1);

        assertThat(all.log.deliveries()).isEmpty();
        assertThat(living.log.deliveries()).isEmpty();
        assertThat(majority.log.deliveries()).isEmpty();
    }

    /** The original numbered the messages of all processes, and heartbeats too, in one sequence. */
    @Test
    void bugGlobalSequenceNumber() {
        majority.log.receive(B_RANK, 1);
        majority.log.receive(C_RANK, 1);
        majority.log.acknowledge(D_RANK, C_RANK, 1);
        majority.log.acknowledge(D_RANK, B_RANK, 1);

        assertThat(majority.log.deliveries()).hasToString("[c#1, b#1]");
    }
}
