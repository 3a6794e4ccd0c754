package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

final class FrameDecoderTest {
    private static final int MAX = 1 << 20;

    private final BufferPool pool = new BufferPool(1 << 22);
    private final List<byte[]> frames = new ArrayList<>();
    private FrameDecoder decoder;

    @BeforeTry
    void begin() {
        decoder = new FrameDecoder(MAX, pool);
        frames.clear();
    }

    @Example
    void findsAFrameThatArrivesByteByByte() {
        byte[] stream = stream(List.of(bytes(5, 1), bytes(1, 2)));

        for (byte b : stream) {
            decode(new byte[] {b});
        }

        assertThat(frames).containsExactly(bytes(5, 1), bytes(1, 2));
        assertThat(decoder.withinFrame()).isFalse();
    }

    @Example
    void handsOutAFrameInOnePieceWhereItLies() {
        ByteBuffer input = ByteBuffer.wrap(stream(List.of(bytes(5, 1))));

        ByteBuffer frame = decoder.next(input, input.duplicate());

        input.put(Integer.BYTES, (byte) 99);
        assertThat(frame.remaining()).isEqualTo(5);
        assertThat(frame.get()).isEqualTo((byte) 99);
    }

    @Example
    void acceptsTheLongestFrame() {
        decode(stream(List.of(bytes(MAX, 7))));

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0)).isEqualTo(bytes(MAX, 7));
    }

    @Example
    void refusesLengthsThatAreNone() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX + 1}) {
            var fresh = new FrameDecoder(MAX, pool);
            ByteBuffer input = ByteBuffer.allocate(8).putInt(length).putInt(1).flip();

            assertThat(fresh.next(input, input.duplicate())).isNull();
            assertThat(fresh.problem()).contains("" + length).contains("" + MAX);
        }
    }

    @Example
    void refusesABadLengthThatArrivesByteByByte() {
        decode(new byte[] {(byte) 0xff});
        decode(new byte[] {(byte) 0xff, (byte) 0xff});
        decode(new byte[] {(byte) 0xff});

        assertThat(decoder.problem()).contains("-1");
    }

    @Example
    void takesNoMemoryForALengthThatIsOnlyClaimed() {
        decode(ByteBuffer.allocate(4).putInt(MAX).array());

        assertThat(decoder.target()).isNull();

        decode(new byte[] {1});

        assertThat(decoder.target().capacity()).isLessThanOrEqualTo(16 * 1024);
    }

    @Example
    void givesItsMemoryBackWhenTheFrameHasBeenHandedOut() {
        byte[] stream = stream(List.of(bytes(50_000, 3)));
        decode(slice(stream, 0, 20_000));
        decode(slice(stream, 20_000, stream.length));

        assertThat(frames).hasSize(1);
        assertThat(pool.keptBytes()).isPositive();

        long kept = pool.keptBytes();
        decode(stream);

        assertThat(pool.keptBytes()).isEqualTo(kept);
    }

    @Property(tries = 300)
    void findsAllFramesHoweverTheBytesAreCut(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 70_000) Integer> lengths,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 100_000) int longestRead,
            @ForAll boolean scatter) {
        var random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        for (int length : lengths) {
            sent.add(bytes(random.nextInt(4) == 0 ? length : 1 + length % 300, random.nextInt()));
        }
        byte[] stream = stream(sent);

        for (int at = 0; at < stream.length; ) {
            int to = Math.min(stream.length, at + 1 + random.nextInt(longestRead));
            if (scatter) {
                at += fillTarget(stream, at, to);
            }
            decode(slice(stream, at, to));
            at = to;
        }

        assertThat(frames.stream().map(ByteBuffer::wrap))
                .containsExactlyElementsOf(sent.stream().map(ByteBuffer::wrap).toList());
        assertThat(decoder.withinFrame()).isFalse();
        assertThat(decoder.problem()).isNull();
    }

    /** As a scattering read does: first what the decoder asks for, then the rest. */
    private int fillTarget(byte[] stream, int from, int to) {
        ByteBuffer target = decoder.target();
        if (target == null) {
            return 0;
        }
        int count = Math.min(target.remaining(), to - from);
        target.put(stream, from, count);
        return count;
    }

    private void decode(byte[] read) {
        ByteBuffer input = ByteBuffer.wrap(read);
        ByteBuffer view = input.duplicate();
        while (true) {
            ByteBuffer frame = decoder.next(input, view.clear());
            if (frame == null) {
                break;
            }
            byte[] copy = new byte[frame.remaining()];
            frame.get(copy);
            frames.add(copy);
        }
        if (decoder.problem() == null) {
            assertThat(input.hasRemaining()).isFalse();
        }
    }

    private static byte[] stream(List<byte[]> frames) {
        int length =
                frames.stream().mapToInt(frame -> frame.length + Integer.BYTES).sum();
        ByteBuffer stream = ByteBuffer.allocate(length);
        frames.forEach(frame -> stream.putInt(frame.length).put(frame));
        return stream.array();
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] slice(byte[] all, int from, int to) {
        return Arrays.copyOfRange(all, from, to);
    }
}
