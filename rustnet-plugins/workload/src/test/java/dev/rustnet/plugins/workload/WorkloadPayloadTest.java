package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadPayloadTest {
    private static boolean arrives(WorkloadPayload payload, byte[] bytes) {
        payload.incoming(bytes.length).put(bytes);
        return payload.verify();
    }

    @Test
    void carriesNumberAndTime() {
        WorkloadPayload payload = new WorkloadPayload(100);

        byte[] bytes = payload.encode(7, 12_345);

        assertThat(arrives(payload, bytes)).isTrue();
        assertThat(payload.seq()).isEqualTo(7);
        assertThat(payload.sentNanos()).isEqualTo(12_345);
    }

    @Test
    void canBeAsShortAsItsHeader() {
        WorkloadPayload payload = new WorkloadPayload(WorkloadPayload.MIN_LENGTH);

        assertThat(arrives(payload, payload.encode(1, 2))).isTrue();
    }

    @Test
    void canBeLongerThanWhatTheReceiverSends() {
        assertThat(arrives(new WorkloadPayload(20), new WorkloadPayload(64 * 1024).encode(1, 2)))
                .isTrue();
    }

    @Test
    void anySingleByteThatIsDifferentIsNoticed() {
        WorkloadPayload payload = new WorkloadPayload(40);
        byte[] good = payload.encode(3, 4).clone();

        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            assertThat(arrives(payload, bad)).as("byte %d", i).isFalse();
        }
    }

    @Test
    void aTruncatedOneIsNoticed() {
        WorkloadPayload payload = new WorkloadPayload(40);
        byte[] good = payload.encode(3, 4).clone();

        for (int length = 0; length < good.length; length++) {
            assertThat(arrives(payload, java.util.Arrays.copyOf(good, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }
}
