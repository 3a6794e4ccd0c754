package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a stranger, cut where the network pleases: the frames are those of a reading in one piece. */
class FrameDecoderFuzzTest {
    private static final int LONGEST = 50_000;

    @FuzzTest(maxDuration = "10m")
    void framesDoNotDependOnWhereTheBytesAreCut(FuzzedDataProvider data) {
        int[] cuts =
                Arrays.stream(data.consumeInts(20)).map(any -> 1 + (any & 0xff)).toArray();
        byte[] bytes = data.consumeRemainingAsBytes();
        var pieces = new ByteArrayOutputStream();
        var whole = new ByteArrayOutputStream();

        String problemOfPieces = decode(bytes, cuts, pieces);
        String problem = decode(bytes, new int[] {bytes.length + 1}, whole);

        assertThat(pieces.toByteArray()).isEqualTo(whole.toByteArray());
        assertThat(problemOfPieces).isEqualTo(problem);
    }

    private static String decode(byte[] bytes, int[] cuts, ByteArrayOutputStream frames) {
        BufferPool pool = new BufferPool(1 << 20);
        FrameDecoder decoder = new FrameDecoder(LONGEST, pool);
        int at = 0;
        for (int i = 0; at < bytes.length && decoder.problem() == null; i++) {
            int length = Math.min(cuts.length == 0 ? bytes.length : cuts[i % cuts.length], bytes.length - at);
            ByteBuffer input = ByteBuffer.wrap(bytes, at, length).slice();
            ByteBuffer view = input.duplicate();
            for (ByteBuffer frame = decoder.next(input, view); frame != null; frame = decoder.next(input, view)) {
                byte[] copy = new byte[frame.remaining()];
                frame.get(copy);
                frames.writeBytes(copy);
                view.clear();
            }
            at += length;
        }
        String problem = String.valueOf(decoder.problem());
        decoder.release();
        return problem;
    }
}
