package dev.rustnet.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LinePrinterTest {
    @Test
    void hasPrintedEverythingInOrderOnceItIsClosed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new StandardOutput(bytes), () -> {});

        for (int i = 0; i < 1_000; i++) {
            printer.print("line " + i);
        }
        printer.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_000)
                .startsWith("line 0", "line 1");
    }

    @Test
    void saysOnceThatItsOutputHasFailedAndTakesLinesOn() throws Exception {
        CountDownLatch failures = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        LinePrinter printer = new LinePrinter(new StandardOutput(full), failures::countDown);

        printer.print("lost");

        assertThat(failures.await(10, TimeUnit.SECONDS)).isTrue();
        printer.print("lost, too");
        printer.close();
    }

    @Test
    void keepsControlCharactersOfOtherProcessesAwayFromTheTerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LinePrinter printer = new LinePrinter(new StandardOutput(bytes), () -> {});

        printer.print("a\u001b[2Jb\tc");
        printer.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo("a?[2Jb\tc");
    }
}
