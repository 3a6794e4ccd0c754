package dev.rustnet.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageLogTest {
    private static final int LONGEST_CHUNK = 208 * 1024;

    private final ChunkPool pool = new ChunkPool();

    @Property(tries = 200)
    void keepsEveryMessageUntilItIsForgotten(@ForAll long seed) {
        Random random = new Random(seed);
        MessageLog log = new MessageLog(pool);
        List<byte[]> model = new ArrayList<>();
        int forgotten = 0;
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(4) > 0) {
                byte[] message = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 300)];
                random.nextBytes(message);
                log.begin(message.length).put(message);
                assertThat(log.commit()).isEqualTo(model.size() + 1L);
                model.add(message);
            } else if (forgotten < model.size()) {
                forgotten += random.nextInt(model.size() - forgotten + 1);
                log.forget(forgotten);
            }
            assertThat(log.pinned()).isGreaterThanOrEqualTo(log.bytes());
            // In the chunk that is open, and in the first one, there may be more.
            assertThat(pool.bytesInUse() - log.pinned()).isBetween(0L, 2L * LONGEST_CHUNK);
            if (forgotten < model.size()) {
                int k = forgotten + 1 + random.nextInt(model.size() - forgotten);
                assertThat(message(log, k)).isEqualTo(model.get(k - 1));
            }
        }
        log.close();

        assertThat(log.bytes()).isZero();
        assertThat(log.pinned()).isZero();
        assertThat(pool.bytesInUse()).isZero();
    }

    @Property(tries = 200)
    void takesOverRunsAsTheyStand(@ForAll long seed) {
        Random random = new Random(seed);
        MessageLog source = new MessageLog(pool);
        MessageLog copy = new MessageLog(pool);
        int count = 1 + random.nextInt(400);
        ByteBuffer wire = ByteBuffer.allocate(4 << 20);
        List<byte[]> model = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] message = new byte[random.nextInt(2000)];
            random.nextBytes(message);
            model.add(message);
            source.begin(message.length).put(message);
            long k = source.commit();
            wire.put(source.chunk(k).view(source.offset(k), source.length(k)));
        }
        wire.flip();
        int skip = random.nextInt(count);

        copy.appendRun(wire, count, skip, 2000);

        assertThat(wire.hasRemaining()).isFalse();
        assertThat(copy.last()).isEqualTo(count - skip);
        for (int k = 1; k <= count - skip; k++) {
            assertThat(message(copy, k)).isEqualTo(model.get(skip + k - 1));
        }
        source.close();
        copy.close();
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void keepsWhatStandsBeforeABadEntry() {
        MessageLog log = new MessageLog(pool);
        ByteBuffer wire = ByteBuffer.wrap(new byte[] {1, 7, 2, 8, 9, 100, 1});

        assertThatThrownBy(() -> log.appendRun(wire, 3, 0, 1000)).isInstanceOf(Malformed.class);

        assertThat(log.last()).isEqualTo(2);
        assertThat(message(log, 2)).containsExactly(8, 9);
    }

    @Test
    void aChunkOnItsWayIsNotWrittenOver() {
        MessageLog log = new MessageLog(pool);
        log.begin(1).put((byte) 1);
        log.commit();
        Chunk onItsWay = log.chunk(1);
        ByteBuffer slice = onItsWay.view(log.offset(1), log.length(1));
        onItsWay.retain();
        log.forget(1);

        log.begin(1).put((byte) 2);
        log.commit();

        assertThat(slice.get(1)).isEqualTo((byte) 1);
        onItsWay.release();
    }

    private static byte[] message(MessageLog log, long k) {
        ByteBuffer entry = log.chunk(k).view(log.offset(k), log.length(k));
        byte[] message = new byte[(int) Varint.read(entry)];
        assertThat(entry.remaining()).isEqualTo(message.length);
        entry.get(message);
        return message;
    }
}
