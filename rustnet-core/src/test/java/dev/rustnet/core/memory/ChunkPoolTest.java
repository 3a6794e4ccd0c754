package dev.rustnet.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {
    private static final long MOST_UNUSED = 16 << 20;

    private final ChunkPool pool = new ChunkPool();

    @Test
    void aChunkServesAgainWhateverItsSize() {
        for (int length : new int[] {1, ChunkPool.CHUNK_LENGTH, ChunkPool.CHUNK_LENGTH + 1, 1_000_000}) {
            Chunk first = pool.take(length);
            first.release();

            assertThat(first.buffer().capacity()).isGreaterThanOrEqualTo(length);
            assertThat(pool.take(length)).isSameAs(first);
        }
    }

    @Test
    void whatIsKeptUnusedHasABound() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            List<Chunk> taken = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                taken.add(pool.take(1 + random.nextInt(1 << 20)));
            }
            taken.forEach(Chunk::release);

            assertThat(pool.bytesUnused()).isBetween(MOST_UNUSED / 2, MOST_UNUSED);
        }
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void whatNobodyAsksForMakesRoom() {
        List<Chunk> small = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            small.add(pool.take(1));
        }
        small.forEach(Chunk::release);
        long unused = pool.bytesUnused();

        Chunk large = pool.take(1 << 20);

        assertThat(pool.bytesUnused())
                .isLessThanOrEqualTo(unused - large.buffer().capacity());
    }
}
