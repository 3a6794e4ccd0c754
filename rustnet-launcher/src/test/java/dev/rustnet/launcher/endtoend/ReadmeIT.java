package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles as it stands there, and its node does what the text says. */
class ReadmeIT {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    @TempDir
    private Path directory;

    @Test
    void theNodeInCodeDeliversItsOwnMessage() throws Exception {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            // All but the port is as in the README; the other process goes on, since it takes a majority to deliver.
            compile(
                    example("Orders").replace("0.0.0.0:8888", group.address("first")),
                    "rustnet-(api|core)-.*|config-.*");
            group.run("second", "failure-detector { timeout = 5s }");

            Process first = java("Orders", group.peer("first"), group.peer("second"));

            try {
                assertThat(output("Orders", first)).contains("first: hello");
            } finally {
                first.destroyForcibly();
            }
        }
    }

    @Test
    void aProcessAsksAnotherForAPrice() throws Exception {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            compile(example("Prices"), "rustnet-(api|core)-.*|config-.*");

            try (RustnetProcess first = prices(group, "first", "second");
                    RustnetProcess second = prices(group, "second", "first")) {
                first.awaitOutput("Price\\[cents=500\\]");
                second.awaitOutput("Price\\[cents=500\\]");
            }
        }
    }

    private RustnetProcess prices(LoopbackGroup group, String name, String asked) {
        return RustnetProcess.java(
                name,
                classPath(),
                "Prices",
                List.of(name, group.address(name), asked, group.peer("first"), group.peer("second")));
    }

    @Test
    void theComponentCompilesAgainstTheApiAndTypesafeConfigAlone() throws Exception {
        Path classes = compile(example("GreeterComponent"), "rustnet-api-.*|config-.*");

        assertThat(classes.resolve("GreeterComponent.class")).exists();
    }

    private Process java(String main, String... peers) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath(), main));
        command.addAll(Arrays.asList(peers));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(main + ".out").toFile())
                .start();
    }

    /** What was compiled, and all of the distribution. */
    private String classPath() {
        Path distribution = Distribution.path();
        return directory.resolve("classes") + ":" + distribution.resolve("lib/*") + ":"
                + distribution.resolve("plugins/*");
    }

    private List<String> output(String main, Process process) throws Exception {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(directory.resolve(main + ".out"));
        assertThat(ended).as(() -> "ended, after " + lines).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }

    /** The block of the README that declares that class. */
    private static String example(String name) throws IOException {
        Path readme = Path.of("..", "README.md");
        Matcher block = JAVA.matcher(Files.readString(readme, StandardCharsets.UTF_8));
        while (block.find()) {
            if (block.group(1).contains("class " + name)) {
                return block.group(1);
            }
        }
        throw new AssertionError("there is no Java with the class " + name + " in " + readme.toAbsolutePath());
    }

    private Path compile(String source, String jarNames) throws IOException {
        Matcher name = CLASS.matcher(source);
        assertThat(name.find()).isTrue();
        Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        String classPath;
        try (Stream<Path> jars = Files.list(Distribution.path().resolve("lib"))) {
            classPath = String.join(
                    System.getProperty("path.separator"),
                    jars.filter(jar -> String.valueOf(jar.getFileName()).matches(jarNames))
                            .map(Path::toString)
                            .toList());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d", classes.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(messages::toString).isTrue();
        return classes;
    }
}
