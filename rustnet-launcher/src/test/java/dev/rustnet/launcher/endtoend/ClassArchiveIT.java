package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that makes starting faster: used where it fits, and silently ignored where it does not. */
class ClassArchiveIT {
    private static final String OUR_CLASS_FROM_THE_ARCHIVE =
            ".*dev\\.rustnet\\.core\\.kernel\\.\\S+ source: shared objects file.*";

    @TempDir
    private Path directory;

    private Path distribution = Path.of("");

    @BeforeEach
    void anArchiveOfItsOwn() throws Exception {
        distribution = Distribution.copyTo(directory.resolve("rustnet"));
        Files.deleteIfExists(archive());
        String script = distribution.resolve("bin/rustnet-archive").toString();
        Path log = directory.resolve("making.log");
        Process making = new ProcessBuilder("sh", script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assumeTrue(making.waitFor() == 0, () -> "no archive can be made: " + lines(log));
        assertThat(lines(log))
                .containsExactly("rustnet-archive: made " + archive().toRealPath() + ".");
        try (var left = Files.list(distribution.resolve("lib"))) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith(".archive"));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path archive() {
        return distribution.resolve("lib/rustnet.jsa");
    }

    private RustnetProcess command(Map<String, String> environment, String... arguments) {
        return RustnetProcess.start("command", distribution, environment, arguments);
    }

    @Test
    void classesComeFromTheArchive() {
        try (RustnetProcess explain = command(Map.of("JAVA_OPTS", "-Xlog:class+load"), "components")) {
            assertThat(explain.awaitExit()).isZero();
            assertThat(explain.output()).anyMatch(line -> line.matches(OUR_CLASS_FROM_THE_ARCHIVE));
        }
    }

    @Test
    void anArchiveThatNoLongerFitsIsIgnoredInSilence() throws Exception {
        Files.writeString(distribution.resolve("lib/another.jar"), "");
        try (var plugins = Files.list(distribution.resolve("plugins"))) {
            Files.setLastModifiedTime(plugins.findFirst().orElseThrow(), FileTime.fromMillis(0));
        }

        try (RustnetProcess version = command(Map.of(), "--version")) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.output()).hasSize(2).noneMatch(line -> line.contains("cds"));
            assertThat(version.error()).isEmpty();
        }
    }

    @Test
    void soIsTheArchiveOfAnotherJava() throws Exception {
        var jdk = Jdk25.home();
        assumeTrue(jdk.isPresent(), "no JDK 25 on this machine");

        try (RustnetProcess version =
                command(Map.of("JAVA_HOME", jdk.orElseThrow().toString()), "--version")) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.output()).hasSize(2).noneMatch(line -> line.contains("cds"));
            assertThat(version.error()).isEmpty();
        }
    }
}
