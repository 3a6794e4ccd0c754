package dev.rustnet.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InputLineReaderTest {
    private static final int LONGEST = 5;

    private final AtomicInteger warnings = new AtomicInteger();

    @Test
    void readsLinesWithTheirEndsOffTheLastOneToo() throws IOException {
        assertThat(lines("one\n\nfünf\r\n12345\r\nend")).containsExactly("one", "", "fünf", "12345", "end");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void leavesOutLinesThatAreTooLongAndSaysSoOnce() throws IOException {
        assertThat(lines("123456\n12345\n1234567890\nend\n1234567")).containsExactly("12345", "end");

        assertThat(warnings).hasValue(1);
    }

    private List<String> lines(String text) throws IOException {
        InputLineReader reader = new InputLineReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LONGEST, warnings::incrementAndGet);
        List<String> lines = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}
