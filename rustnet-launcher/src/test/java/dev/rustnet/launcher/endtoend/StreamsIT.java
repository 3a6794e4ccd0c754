package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the command does with streams that are closed, full, endless, or of another encoding than the terminal's. */
class StreamsIT {
    private static final String LOST = "rustnet: standard output cannot be written";

    @TempDir
    private Path directory;

    private String config = "";

    static boolean thereIsAFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @BeforeEach
    void aGroupOfOne() throws Exception {
        config = Files.writeString(directory.resolve("only.conf"), """
                        rustnet {
                          node { name = only, bind = "127.0.0.1:0", advertise = "127.0.0.1:1" }
                          peers = ["only@127.0.0.1:1"]
                        }
                        """).toString();
    }

    @Test
    void aClosedInputIsAnEmptyOne() {
        try (RustnetProcess only = shell("\"$R\" run -c \"$1\" --until-end-of-input <&-")) {
            assertThat(only.awaitExit()).isZero();
            assertThat(only.output()).isEmpty();
        }
    }

    @Test
    @EnabledIf("thereIsAFullDevice")
    void deliveriesThatCannotBePrintedEndTheNodeAsFailedAndAreReportedOnce() {
        assertLost("echo hi | \"$R\" run -c \"$1\" >/dev/full");
        assertLost("echo hi | \"$R\" run -c \"$1\" --until-end-of-input >&-");
    }

    @Test
    @EnabledIf("thereIsAFullDevice")
    void aReportThatCannotBePrintedIsAFailure() {
        assertLost("\"$R\" explain -c \"$1\" >/dev/full");
        assertLost("\"$R\" --help >&-");
    }

    @Test
    void aReaderWhoHasSeenEnoughEndsTheNodeInGoodOrder() {
        String line = "{ yes | head -n 300000 | \"$R\" run -c \"$1\"; echo \"code $?\" >&2; } | head -n 1";
        try (RustnetProcess only = shell(line)) {
            only.awaitError("^code 0$");

            assertThat(only.output()).containsExactly("only#1: y");
            assertThat(only.error()).noneMatch(each -> each.contains(LOST));
        }
    }

    @Test
    void aLineThatNeverEndsIsSkippedAndTheOthersAreBroadcast() {
        String line = "{ echo one; head -c 80000000 /dev/zero; echo; echo two; }"
                + " | JAVA_OPTS=-Xmx48m \"$R\" run -c \"$1\" --until-end-of-input";
        try (RustnetProcess only = shell(line)) {
            assertThat(only.awaitExit()).isZero();
            assertThat(only.output()).containsExactly("only#1: one", "only#2: two");
            assertThat(only.error())
                    .filteredOn(each -> each.contains("longer than"))
                    .hasSize(1);
        }
    }

    @Test
    void outputIsUtf8InAnyLocale() {
        String line = "printf 'Z\\303\\274rich\\n' | \"$R\" run -c \"$1\" --until-end-of-input";
        try (RustnetProcess only = RustnetProcess.shell("only", Map.of("LC_ALL", "C"), line, config)) {
            assertThat(only.awaitExit()).isZero();
            assertThat(only.output()).containsExactly("only#1: Zürich");
        }
    }

    private void assertLost(String line) {
        try (RustnetProcess only = shell(line)) {
            only.awaitError("^" + LOST);
            assertThat(only.error()).filteredOn(each -> each.contains(LOST)).hasSize(1);
        }
        try (RustnetProcess only = shell("{ " + line + "; } 2>/dev/null; echo \"code $?\" >&2")) {
            only.awaitError("^code 1$");
        }
    }

    private RustnetProcess shell(String line) {
        return RustnetProcess.shell("only", Map.of(), line, config);
    }
}
