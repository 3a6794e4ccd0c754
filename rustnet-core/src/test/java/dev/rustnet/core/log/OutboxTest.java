package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void aMessageThatIsStillBeingReadIsNotOverwrittenByTheNextInItsSlot() {
        outbox.put(1, 0, new byte[] {1, 1, 1}, null);
        byte[] reading = outbox.next().payload();
        outbox.passOver();

        outbox.put(1 + Outbox.CAPACITY, 0, new byte[] {2, 2, 2}, null);

        assertThat(reading).startsWith(1, 1, 1);
    }

    @Test
    void messagesComeOutInTheOrderOfTheirNumbersWithTheirBytes() {
        long put = 0;
        for (long taken = 1; taken <= 3L * Outbox.CAPACITY; taken++) {
            while (put < taken + Outbox.CAPACITY - 1) {
                put++;
                outbox.put(put, (int) put, new byte[] {(byte) put, (byte) (put >> 8)}, null);
            }

            assertThat(outbox.pending()).isTrue();
            Outbox.Slot slot = outbox.next();
            assertThat(slot.channel()).isEqualTo((int) taken);
            assertThat(slot.length()).isEqualTo(2);
            assertThat(slot.payload()).startsWith((byte) taken, (byte) (taken >> 8));
            outbox.passOver();
            assertThat(outbox.drained()).isEqualTo(taken);
        }
    }
}
