package dev.rustnet.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LinePrinterTest {
    @Test
    void hasPrintedEverythingInOrderOnceItIsClosed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new PrintStream(bytes, false, StandardCharsets.UTF_8));

        for (int i = 0; i < 1_000; i++) {
            printer.print("line " + i);
        }
        printer.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_000)
                .startsWith("line 0", "line 1");
    }

    @Test
    void keepsControlCharactersOfOtherProcessesAwayFromTheTerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new PrintStream(bytes, false, StandardCharsets.UTF_8));

        printer.print("a\u001b[2Jb\tc");
        printer.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo("a?[2Jb\tc");
    }
}
