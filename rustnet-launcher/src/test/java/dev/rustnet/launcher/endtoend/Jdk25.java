package dev.rustnet.launcher.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A JDK 25, where this machine has one: named by JAVA_HOME_25_X64, or in one of the usual places. */
public final class Jdk25 {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
            Path.of("/Library/Java/JavaVirtualMachines"));

    private Jdk25() {}

    /** Its home. */
    public static Optional<Path> home() throws IOException {
        List<Path> candidates = new ArrayList<>();
        String named = System.getenv("JAVA_HOME_25_X64");
        if (named != null) {
            candidates.add(Path.of(named));
        }
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> found = Files.list(place)) {
                    found.sorted().forEach(candidates::add);
                }
            }
        }
        for (Path candidate : candidates) {
            Path release = candidate.resolve("release");
            if (Files.isExecutable(candidate.resolve("bin/java"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"25")) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
