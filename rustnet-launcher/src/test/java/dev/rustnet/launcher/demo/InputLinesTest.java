package dev.rustnet.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputLinesTest {
    @Test
    void takesWhatIsPipedInUpToTheLimit() throws Exception {
        InputLines lines = InputLines.pipedOrShipped(bytes("one\ntwo\nthree\n"), false, 2);

        assertThat(lines.origin()).isEqualTo("standard input");
        assertThat(lines.lines()).containsExactly("one", "two");
    }

    @Test
    void takesTheShippedTextWhenNothingIsPipedIn() throws Exception {
        assertThat(InputLines.pipedOrShipped(bytes(""), false, 10).origin()).contains("Snark");
        assertThat(InputLines.pipedOrShipped(bytes("typed"), true, 10).origin()).contains("Snark");
    }

    @Test
    void takesAPipeThatFallsSilentForEnded() throws Exception {
        try (PipedOutputStream writer = new PipedOutputStream();
                PipedInputStream open = new PipedInputStream(writer)) {
            writer.write("one\n".getBytes(StandardCharsets.UTF_8));

            InputLines lines = InputLines.pipedOrShipped(open, false, 10);

            assertThat(lines.lines()).containsExactly("one");
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
