package dev.rustnet.bench.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A benchmark that cannot see a wrong message proves nothing. */
class DeliveriesTest {
    private final Messages messages = new Messages(1, 100, true);
    private final Deliveries deliveries = new Deliveries(0, 2, 100, true, false, false);

    @Test
    void messagesInOrderAreCounted() {
        for (int i = 0; i < 3; i++) {
            deliver(messages.next());
        }

        assertThat(deliveries.count()).isEqualTo(3);
        assertThat(deliveries.wrong()).isZero();
    }

    @Test
    void aPeekedMessageIsTheNextOneUntilItIsTaken() {
        deliver(messages.peek().clone());
        messages.taken();
        deliver(messages.next());

        assertThat(deliveries.wrong()).isZero();
    }

    @Test
    void aLostMessageIsWrongOnce() {
        deliver(messages.next());
        messages.next();
        deliver(messages.next());
        deliver(messages.next());

        assertThat(deliveries.wrong()).isEqualTo(1);
    }

    @Test
    void whoIsLateTakesTheFirstMessageOfASenderAsItComes() {
        var late = new Deliveries(0, 2, 100, true, false, true);
        late.delivered(7, 1, 0, 100);
        late.delivered(8, 1, 0, 100);
        assertThat(late.wrong()).isZero();

        late.delivered(10, 1, 0, 100);
        assertThat(late.wrong()).isEqualTo(1);
    }

    @Test
    void theTimeSinceTheLastDeliveryIsAGapToo() {
        deliveries.watch(new Gaps());
        deliver(messages.next());

        assertThat(String.valueOf(deliveries.gaps())).matches("(\\d+:\\d+ )*\\d+:\\d+");
    }

    @Test
    void aMessageTwiceIsWrong() {
        byte[] message = messages.next();
        deliver(message);
        deliver(message);

        assertThat(deliveries.wrong()).isEqualTo(1);
    }

    @Test
    void aDamagedMessageIsWrong() {
        byte[] message = messages.next();
        message[50]++;
        deliver(message);

        assertThat(deliveries.wrong()).isEqualTo(1);
    }

    @Test
    void aSenderThatDoesNotExistIsWrongAndNotCounted() {
        deliver(new Messages(2, 100, true).next());

        assertThat(deliveries.wrong()).isEqualTo(1);
        assertThat(deliveries.count()).isZero();
    }

    @Test
    void aShortMessageIsWrong() {
        deliveries.delivered(0, 1, 0, 99);

        assertThat(deliveries.wrong()).isEqualTo(1);
    }

    @Test
    void aMessageHasRoomForWhatItTells() {
        assertThatThrownBy(() -> new Messages(0, Messages.SHORTEST - 1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void deliver(byte[] message) {
        deliveries.delivered(message, 0, message.length);
    }
}
