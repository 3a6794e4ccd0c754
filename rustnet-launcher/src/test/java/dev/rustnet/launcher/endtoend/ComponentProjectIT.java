package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Third-party components as Maven projects of their own, built by Maven against what this build has made: the example, and the
 * files of the tutorial as they stand there. Their tests run in the simulator, and their jars in a mesh of processes.
 */
class ComponentProjectIT {
    /** A file of the tutorial: its name in bold, and its content in the block below. */
    private static final Pattern FILE = Pattern.compile("\\*\\*([\\w./-]+)\\*\\*\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void theExampleIsBuiltTestedAndRunsInTheMesh() throws Exception {
        Path project = copy(ROOT.resolve("examples/hello-component"), directory.resolve("hello-component"));

        maven(project);

        runs(project.resolve("target/hello-component-1.0.jar"), "second.* says Hello no\\. 2 and feels tired");
    }

    @Test
    void theTutorialIsBuiltTestedAndRunsInTheMesh() throws Exception {
        Path project = directory.resolve("roll-call");
        Matcher file = FILE.matcher(Files.readString(ROOT.resolve("docs/write-a-component.md")));
        int files = 0;
        while (file.find()) {
            Path path = project.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
            files++;
        }
        assertThat(files).isEqualTo(7);

        maven(project);

        Path distribution = runs(project.resolve("target/roll-call-1.0.jar"), "second is here");
        try (RustnetProcess simulate = RustnetProcess.start(
                "simulate", distribution, Map.of(), "simulate", "--component", "roll-call", "--seeds", "20")) {
            assertThat(simulate.awaitExit())
                    .as(() -> String.join("\n", simulate.output()))
                    .isZero();
        }
    }

    /** Drops the jar into the plugins of a distribution, which it returns, and waits for the line in the first one's log. */
    private Path runs(Path jar, String line) throws IOException {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet"));
        Files.copy(jar, distribution.resolve("plugins").resolve(jar.getFileName()));
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first =
                    group.run("first", distribution, Map.of(), group.configure("first", LoopbackGroup.QUICK));
            group.run("second", distribution, Map.of(), group.configure("second", LoopbackGroup.QUICK));
            first.awaitError(line);
        }
        return distribution;
    }

    private void maven(Path project) throws Exception {
        Path log = directory.resolve("maven.txt");
        Process maven = new ProcessBuilder(
                        Path.of(System.getProperty("rustnet.maven.home"), "bin", "mvn")
                                .toString(),
                        "-B",
                        "-q",
                        "-Dmaven.repo.local=" + repository(),
                        "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = maven.waitFor(10, TimeUnit.MINUTES);
        List<String> lines = Files.readAllLines(log);
        maven.destroyForcibly();
        assertThat(ended && maven.exitValue() == 0)
                .as(() -> String.join("\n", lines))
                .isTrue();
    }

    /**
     * A local repository with what this build has made. For all else it leads into the one that this build uses, so that
     * nothing is fetched again, and nothing of rustnet gets into that.
     */
    private Path repository() throws IOException {
        Path real = Path.of(System.getProperty("rustnet.maven.repository"));
        Path repository = Files.createDirectories(directory.resolve("repository"));
        link(real, repository, "dev");
        link(real.resolve("dev"), repository.resolve("dev"), "rustnet");
        List<String> artifacts = new ArrayList<>(List.of("rustnet-api", "rustnet-core", "rustnet-testkit"));
        Path lib = Distribution.path().resolve("lib");
        String version = "";
        for (String artifact : artifacts) {
            try (Stream<Path> jars = Files.list(lib)) {
                Path jar = jars.filter(one -> one.getFileName().toString().startsWith(artifact + "-"))
                        .findFirst()
                        .orElseThrow();
                String name = jar.getFileName().toString();
                version = name.substring(artifact.length() + 1, name.length() - ".jar".length());
                install(repository, artifact, version, "jar", jar);
                install(repository, artifact, version, "pom", ROOT.resolve(artifact + "/pom.xml"));
            }
        }
        install(repository, "rustnet-parent", version, "pom", ROOT.resolve("pom.xml"));
        return repository;
    }

    private static void install(Path repository, String artifact, String version, String type, Path file)
            throws IOException {
        Path folder = Files.createDirectories(repository.resolve("dev/rustnet/" + artifact + "/" + version));
        Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
    }

    /** Links to everything in {@code real} but {@code except}, which becomes a folder of its own. */
    private static void link(Path real, Path folder, String except) throws IOException {
        Files.createDirectories(folder.resolve(except));
        if (Files.isDirectory(real)) {
            try (Stream<Path> entries = Files.list(real)) {
                for (Path entry : entries.toList()) {
                    try {
                        Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
                    } catch (FileAlreadyExistsException e) {
                        // The one that is not linked.
                    }
                }
            }
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(one -> !from.relativize(one).startsWith("target"))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
