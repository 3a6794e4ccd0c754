package dev.rustnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rustnet.core.memory.Malformed;
import java.nio.ByteBuffer;
import java.util.List;

/** Captures may hold anything. */
class FrameDissectorFuzzTest {
    private final FrameDissector dissector = new FrameDissector(List.of("p1", "p2"), List.of("flood"));

    @FuzzTest(maxDuration = "10m")
    void aFrameHasPartsOrIsNone(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        try {
            assertThat(dissector.dissect(frame)).isNotEmpty();
        } catch (Malformed refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
        assertThat(frame.position()).isZero();
    }
}
