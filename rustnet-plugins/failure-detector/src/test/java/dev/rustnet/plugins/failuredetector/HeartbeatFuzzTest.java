package dev.rustnet.plugins.failuredetector;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** A heartbeat of a process that speaks another version, or lies. */
class HeartbeatFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void aHeartbeatIsReadOrIgnored(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        int[] met = new int[1];

        Heartbeat.read(message, (rank, incarnation) -> {
            assertThat(rank).isBetween(0, 0xffff);
            met[0]++;
        });

        assertThat(met[0]).isLessThanOrEqualTo(bytes.length / 10);
    }
}
