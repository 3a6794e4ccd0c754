package dev.rustnet.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream error = new PrintStream(errors, true, StandardCharsets.UTF_8);

    @Test
    void writesUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput output = new StandardOutput(bytes);

        output.print("Zürich");

        assertThat(output.lost(error)).isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("Zürich");
    }

    @Test
    void saysOnceWhatWasLostAndWhy() {
        StandardOutput output = failing("No space left on device");

        output.println("text");

        assertThat(output.lost(error)).isTrue();
        assertThat(output.lost(error)).isTrue();
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("rustnet: standard output cannot be written, what was printed is lost:"
                        + " No space left on device");
    }

    @Test
    void aReaderWhoWantsNoMoreIsNoLoss() {
        StandardOutput output = failing("Broken pipe");

        output.println("text");

        assertThat(output.lost(error)).isFalse();
        assertThat(output.failed()).isTrue();
        assertThat(errors.size()).isZero();
    }

    private static StandardOutput failing(String reason) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        });
    }
}
