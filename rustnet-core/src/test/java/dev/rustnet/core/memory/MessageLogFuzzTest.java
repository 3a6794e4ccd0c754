package dev.rustnet.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Runs of messages whose lengths and numbers need not be true. */
class MessageLogFuzzTest {
    private static final int LONGEST = 10_000;

    @FuzzTest(maxDuration = "10m")
    void aRunIsTakenInUpToItsFirstBadMessage(FuzzedDataProvider data) {
        MessageLog log = new MessageLog(new ChunkPool());
        while (data.remainingBytes() > 0) {
            long before = log.last();
            int count = data.consumeInt(1, 20);
            int skip = data.consumeInt(0, count - 1);
            ByteBuffer run = ByteBuffer.wrap(data.consumeBytes(400));
            try {
                log.appendRun(run, count, skip, LONGEST);
                assertThat(log.last()).isEqualTo(before + count - skip);
            } catch (Malformed bad) {
                assertThat(log.last()).isBetween(before, before + count - skip);
            }
            for (long number = log.first(); number <= log.last(); number++) {
                assertThat(log.length(number)).isBetween(1, LONGEST + Varint.MAX_LENGTH);
            }
            if (data.consumeBoolean()) {
                log.forget(log.last());
            }
        }
        log.close();
        assertThat(log.bytes()).isZero();
    }
}
