package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rustnet simulate --shrink}: what it prints fails in the same way, both as a command and as code. */
final class ShrinkTest {
    private static final String IMPORTS = """
            import static java.util.concurrent.TimeUnit.MICROSECONDS;
            import static org.assertj.core.api.Assertions.assertThat;
            import dev.rustnet.broadcast.*;
            import dev.rustnet.testkit.check.*;
            import dev.rustnet.testkit.simulation.*;
            import java.time.Duration;
            """;

    @Test
    void theCommandAndTheCodeThatItPrintsFailAsTheSmallerRunDoes(@TempDir Path directory) throws Exception {
        String printed = execute(
                1,
                "--component=best-effort",
                "--check=reliable-broadcast",
                "--processes=5",
                "--messages=8",
                "--crash=1",
                "--faults",
                "--until-failure",
                "--set=rustnet.components.failure-detector.timeout=4 s",
                "--shrink");
        assertThat(printed)
                .containsPattern("made smaller: 5 processes, 40 messages, \\d+ faults?: .*; now 3 processes, ");
        String trace = traceOf(printed);

        String command = line(printed, "see it: ").replaceFirst(" --html .*", "");
        List<String> words = words(command);
        String again = execute(1, words.subList(2, words.size()).toArray(String[]::new));

        assertThat(traceOf(again)).isEqualTo(trace);
        assertThat(line(again, "make it smaller: ")).isEqualTo(command + " --shrink");

        String code = printed.substring(printed.indexOf("Simulation run = "), printed.indexOf("see it: "));
        Method pasted = compiled(directory, code);
        assertThatThrownBy(() -> pasted.invoke(null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("crash");
    }

    @Test
    void aRunThatHoldsIsShownAsItIs() {
        assertThat(execute(0, "--crash=1", "--seed=42", "--shrink"))
                .isEqualTo(execute(0, "--crash=1", "--seed=42"))
                .contains("seed 42: ");
    }

    @Test
    void eachProcessMayHaveItsOwnNumberOfMessages() {
        assertThat(execute(0, "--messages=0,3,0,1")).contains("4 broadcasts, 16 deliveries");
    }

    private static Method compiled(Path directory, String code) throws Exception {
        Path source = directory.resolve("Pasted.java");
        Files.writeString(
                source, IMPORTS + "public final class Pasted {\n  public static void test() {\n" + code + "\n  }\n}\n");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean good = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("-proc:none", "-classpath", classPath, "-d", directory.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(good).as(said + code).isTrue();
        }
        // Left open: what it loads is used after this.
        @SuppressWarnings("resource")
        URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
        return loader.loadClass("Pasted").getMethod("test");
    }

    private static String traceOf(String printed) {
        return line(printed, "seed ").replaceFirst(".*trace ", "");
    }

    private static String line(String text, String beginning) {
        return text.lines()
                .filter(line -> line.startsWith(beginning) && !line.contains(": violated"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with " + beginning + " in\n" + text))
                .substring(beginning.equals("seed ") ? 0 : beginning.length());
    }

    /** As a shell splits it, for what stands there: words, some of them in single quotes. */
    private static List<String> words(String command) {
        return Pattern.compile("'([^']*)'|\\S+")
                .matcher(command)
                .results()
                .map(match -> match.group(1) == null ? match.group() : match.group(1))
                .toList();
    }

    private static String execute(int exit, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("simulate"), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(code).as("%s%s", out, err).isEqualTo(exit);
        return out.toString();
    }
}
