package dev.rustnet.launcher.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The unpacked distribution that the build has just made. */
final class Distribution {
    private Distribution() {}

    static Path path() {
        Path path = Path.of(System.getProperty("rustnet.distribution", "target/distribution/rustnet"));
        if (!Files.isExecutable(path.resolve("bin/rustnet"))) {
            throw new IllegalStateException("no distribution in " + path.toAbsolutePath() + "; mvn package makes it");
        }
        return path;
    }

    /** A copy to put jars into. */
    static Path copyTo(Path target) {
        try (Stream<Path> files = Files.walk(path())) {
            files.forEach(file -> copy(file, target.resolve(path().relativize(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
                to.toFile().setExecutable(Files.isExecutable(from));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
