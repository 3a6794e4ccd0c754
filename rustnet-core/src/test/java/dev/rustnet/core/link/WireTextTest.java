package dev.rustnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.core.memory.Malformed;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WireTextTest {
    private static String overTheWire(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * WireText.MAX_LENGTH);
        WireText.write(bytes, text);
        assertThat(bytes.position()).isLessThanOrEqualTo(2 + WireText.MAX_LENGTH);
        return WireText.read(bytes.flip());
    }

    @Test
    void whatFitsArrivesAsItWas() {
        for (String text : new String[] {"", "p1", "Zürich", "x".repeat(1024), "ü".repeat(512), "\uD83D\uDE00"}) {
            assertThat(overTheWire(text)).isEqualTo(text);
        }
    }

    @Test
    void aLongOneIsCutBetweenCharactersAndOnesThatDifferAtTheirEndStillDiffer() {
        for (String letter : new String[] {"x", "ü", "\u20AC", "\uD83D\uDE00"}) {
            for (int shift = 0; shift < 4; shift++) {
                String text = "x".repeat(shift) + letter.repeat(1025);
                assertThat(overTheWire(text))
                        .startsWith("x".repeat(shift) + letter)
                        .endsWith("]");
                assertThat(overTheWire(text + "a")).isNotEqualTo(overTheWire(text + "b"));
            }
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        for (byte[] bytes : new byte[][] {{1, (byte) 0xcc}, {2, (byte) 0xc0, (byte) 0x80}, {2, 'a'}, {}}) {
            assertThatThrownBy(() -> WireText.read(ByteBuffer.wrap(bytes))).isInstanceOf(Malformed.class);
        }
    }
}
