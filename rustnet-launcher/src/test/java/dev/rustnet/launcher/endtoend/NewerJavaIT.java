package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on a JDK 25, where this machine has one. No flag is needed, and the JDK has nothing to warn of. */
class NewerJavaIT {
    @TempDir
    private Path directory;

    @Test
    void runsOnJdk25WithoutAWarning() throws Exception {
        exchangesLinesWithoutAWarning("");
    }

    @Test
    void runsOnJdk25WhereUnsafeMemoryAccessIsDenied() throws Exception {
        exchangesLinesWithoutAWarning("--sun-misc-unsafe-memory-access=deny");
    }

    private void exchangesLinesWithoutAWarning(String options) throws IOException {
        Optional<Path> jdk = Jdk25.home();
        assumeTrue(jdk.isPresent(), "no JDK 25 on this machine");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.orElseThrow().toString(), "JAVA_OPTS", options);

        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first =
                    group.run("first", Distribution.path(), environment, group.configure("first", LoopbackGroup.QUICK));
            RustnetProcess second = group.run(
                    "second", Distribution.path(), environment, group.configure("second", LoopbackGroup.QUICK));
            first.awaitError("all 2 members have joined");
            first.type("from a newer Java");
            second.awaitOutput("^first#1: from a newer Java$");
            first.terminate();
            assertThat(first.awaitExit(5)).isZero();
            second.terminate();
            assertThat(second.awaitExit(5)).isZero();

            assertThat(first.error()).allMatch(NewerJavaIT::isOurs);
            assertThat(second.error()).allMatch(NewerJavaIT::isOurs);
        }
    }

    /** The lines of our log begin with the time of day; what the JDK has to say does not. */
    private static boolean isOurs(String line) {
        return line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO .*");
    }
}
