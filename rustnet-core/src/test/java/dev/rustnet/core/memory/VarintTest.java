package dev.rustnet.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class VarintTest {
    @Property
    void readsWhatItWrote(@ForAll @LongRange(min = 0) long value) {
        ByteBuffer buffer = ByteBuffer.allocate(Varint.MAX_LENGTH);

        Varint.write(buffer, value);

        assertThat(buffer.position()).isEqualTo(Varint.length(value));
        buffer.flip();
        assertThat(Varint.lengthAt(buffer, 0)).isEqualTo(Varint.length(value));
        assertThat(Varint.read(buffer)).isEqualTo(value);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Property
    void threeBytesHoldAnyValueBelowTwoMillion(@ForAll @IntRange(min = 0, max = (1 << 21) - 1) int value) {
        ByteBuffer buffer = ByteBuffer.allocate(3);

        Varint.putThree(buffer, 0, value);

        assertThat(Varint.read(buffer)).isEqualTo(value);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void refusesWhatIsCutShortOrTooLongOrTooLarge() {
        assertThatThrownBy(() -> Varint.read(ByteBuffer.wrap(new byte[] {-1}))).isInstanceOf(Malformed.class);
        byte[] endless = new byte[12];
        java.util.Arrays.fill(endless, (byte) -1);
        assertThatThrownBy(() -> Varint.read(ByteBuffer.wrap(endless))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Varint.readInt(ByteBuffer.wrap(new byte[] {5}), 4))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("at most 4");
    }
}
