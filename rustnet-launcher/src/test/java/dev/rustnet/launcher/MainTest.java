package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "demo", "explain", "components", "config", "check"})
    void everyCommandHasHelpAndVersion(String command) {
        assertThat(execute((command + " --help").trim().split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: rustnet", "Exit codes:");

        assertThat(execute((command + " --version").trim().split(" "))).isZero();
        assertThat(out.toString()).contains("rustnet 0.").doesNotContain("${");
    }

    @Test
    void saysWhereCommandsAreListedWhenThereIsNone() {
        assertThat(execute()).isEqualTo(2);

        assertThat(err.toString()).contains("rustnet --help");
    }

    @Test
    void offersTheNearestCommandForAMistypedOne() {
        assertThat(execute("demmo")).isEqualTo(2);

        assertThat(err.toString()).contains("demmo").contains("demo");
    }

    @Test
    void namesTheMissingOption() {
        assertThat(execute("run")).isEqualTo(2);

        assertThat(err.toString()).contains("--config").contains("rustnet run --help");
    }

    @Test
    void namesTheBroadcastsThereAreForOneThereIsNot() {
        assertThat(execute("run", "-c", "x.conf", "--over", "telepathic")).isEqualTo(2);

        assertThat(err.toString())
                .contains("\"telepathic\" is not one of best-effort, reliable, uniform-reliable, causal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b=3", "rustnt.node.name=x", "rustnet=3", "..=3"})
    void refusesASettingThatWouldHaveNoEffect(String setting) {
        assertThat(execute("config", "-c", "x.conf", "--set", setting)).isEqualTo(2);

        assertThat(err.toString()).contains("--set " + setting.substring(0, setting.indexOf('=')));
    }

    @Test
    void aDirectoryForTheDemonstrationThatCannotBeMadeIsTheUsersToMend(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(execute("demo", "--dir=" + file)).isEqualTo(2);
        assertThat(execute("demo", "--dir=" + file.resolve("below"))).isEqualTo(2);

        assertThat(err.toString()).contains("there is a file of that name").doesNotContain("\tat ");
    }

    @Test
    void aDemonstrationThatCannotStartReadsNothingOfItsInput(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        InputStream before = System.in;
        InputStream piped = new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        System.setIn(piped);
        try {
            assertThat(execute("demo", "--dir=" + file)).isEqualTo(2);
        } finally {
            System.setIn(before);
        }

        assertThat(piped.available()).isEqualTo(8);
    }

    @Test
    void aLogThatIsNotThereOrIsNoFileIsNamedInWords(@TempDir Path directory) {
        assertThat(execute("check", "absent.events")).isEqualTo(2);
        assertThat(err.toString()).contains("absent.events: cannot be read: there is no such file");

        assertThat(execute("check", directory.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(directory + ": cannot be read: Is a directory")
                .doesNotContain("Exception");
    }

    @Test
    void saysWhereCommandsAreListedForOneThatIsLikeNone() {
        assertThat(execute("frob")).isEqualTo(2);

        assertThat(err.toString()).contains("frob").contains("rustnet --help");
    }

    @Test
    void hidesTheCommandThatTheDemoUsesItself() {
        execute("--help");

        assertThat(out.toString()).doesNotContain("demo-node");
    }

    private int execute(String... arguments) {
        CommandLine command = Main.commandLine();
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
