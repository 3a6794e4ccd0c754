package dev.rustnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rustnet.core.memory.Malformed;
import java.nio.ByteBuffer;

/** A peer may send anything. */
class TypedFrameFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void aMessageIsWhatItSaysOrIsRefused(byte[] bytes) {
        try {
            TypedFrame frame = TypedFrame.read(ByteBuffer.wrap(bytes));
            byte[] body = new byte[frame.body().remaining()];
            frame.body().duplicate().get(body);
            byte[] written = TypedFrame.write(frame.kind(), frame.number(), body);
            assertThat(TypedFrame.read(ByteBuffer.wrap(written)).number()).isEqualTo(frame.number());
            if (frame.kind() == TypedFrame.Kind.FAILURE) {
                assertThat(frame.reason()).isNotNull();
                assertThat(frame.sentence()).isNotNull();
            }
        } catch (Malformed refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }
}
