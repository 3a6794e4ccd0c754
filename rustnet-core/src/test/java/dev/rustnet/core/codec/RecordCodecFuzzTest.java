package dev.rustnet.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Payloads that a stranger made up. */
class RecordCodecFuzzTest {
    enum Side {
        BUY,
        SELL
    }

    record Trade(
            String id,
            long amount,
            Side side,
            List<String> tags,
            Map<String, Long> prices,
            Set<Integer> lots,
            Optional<Instant> due) {}

    record Box(Object content) {}

    private final RecordCodec codec = new RecordCodec(
            PayloadTable.of(Map.of("trade", Trade.class, "side", Side.class, "box", Box.class)), 1 << 20);

    @FuzzTest(maxDuration = "10m")
    void bytesGiveAValueOfTheTypeOrAreRefused(byte[] bytes) {
        for (Class<?> type : List.of(Trade.class, Box.class)) {
            try {
                Object value = codec.decode(type, ByteBuffer.wrap(bytes));
                assertThat(value).isInstanceOf(type);
                assertThat(codec.decode(type, ByteBuffer.wrap(codec.encode(value))))
                        .isInstanceOf(type);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s)not a .+|a .+ cannot be encoded.+");
            }
        }
    }
}
