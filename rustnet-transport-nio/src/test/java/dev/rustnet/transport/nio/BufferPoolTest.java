package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {
    private final BufferPool pool = new BufferPool(100_000);

    @Test
    void givesABufferThatIsLargeEnoughAndEmpty() {
        for (int capacity : new int[] {1, 16_384, 16_385, 1_000_000}) {
            ByteBuffer buffer = pool.take(capacity);

            assertThat(buffer.remaining()).isGreaterThanOrEqualTo(capacity).isLessThan(2 * Math.max(capacity, 16_384));
            assertThat(buffer.isDirect()).isTrue();
        }
    }

    @Test
    void givesABufferAgainThatWasGivenBack() {
        ByteBuffer buffer = pool.take(20_000);
        buffer.put(new byte[20_000]).flip();

        pool.give(buffer);

        assertThat(pool.take(30_000)).isSameAs(buffer);
        assertThat(buffer.remaining()).isEqualTo(buffer.capacity());
        assertThat(pool.keptBytes()).isZero();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        ByteBuffer[] taken = new ByteBuffer[10];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = pool.take(16_384);
        }
        for (ByteBuffer buffer : taken) {
            pool.give(buffer);
        }

        assertThat(pool.keptBytes()).isEqualTo(6 * 16_384);
    }
}
