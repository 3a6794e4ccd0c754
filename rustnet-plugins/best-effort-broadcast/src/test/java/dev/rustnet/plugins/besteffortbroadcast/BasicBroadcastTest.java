package dev.rustnet.plugins.besteffortbroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.fake.FakeBroadcastLog;
import dev.rustnet.testkit.fake.FakeGroupMembership;
import org.junit.jupiter.api.Test;

class BasicBroadcastTest {
    private final BasicBroadcast protocol = new BasicBroadcast();
    private final FakeBroadcastLog log =
            new FakeBroadcastLog(new FakeGroupMembership("first", "second", "third").view(), 0, protocol);

    BasicBroadcastTest() {
        protocol.attach(log);
        log.installView();
    }

    @Test
    void theOwnMessagesGoToEveryOtherMember() {
        assertThat(log.sending(0, 1)).isTrue();
        assertThat(log.sending(0, 2)).isTrue();
    }

    @Test
    void nothingIsRelayed() {
        log.receive(1, 5);
        log.remove(1);

        assertThat(log.sending(1, 2)).isFalse();
        assertThat(log.sending(2, 1)).isFalse();
    }

    @Test
    void whatArrivesIsDeliveredAtOnceAndOnce() {
        log.receive(1, 2);
        log.receive(1, 2);
        log.receive(1, 3);

        assertThat(log.deliveries()).hasToString("[second#1, second#2, second#3]");
    }

    @Test
    void theOwnMessagesAreDeliveredWithoutWaitingForAnybody() {
        log.receive(0, 1);

        assertThat(log.deliveries()).hasToString("[first#1]");
    }
}
