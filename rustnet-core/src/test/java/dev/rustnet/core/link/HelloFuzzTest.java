package dev.rustnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rustnet.core.memory.Malformed;
import java.nio.ByteBuffer;

/** The first frame of a stranger: it is read or refused, and what was read is what is written again. */
class HelloFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void aHelloIsReadOrRefused(byte[] bytes) {
        Hello hello;
        try {
            hello = Hello.read(ByteBuffer.wrap(bytes));
        } catch (Malformed refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
            return;
        }
        ByteBuffer out = ByteBuffer.allocate(4 * Hello.MAX_LENGTH + 4 * bytes.length);
        hello.write(out);

        assertThat(Hello.read(out.flip())).isEqualTo(hello);
        assertThat(out.hasRemaining()).isFalse();
    }
}
