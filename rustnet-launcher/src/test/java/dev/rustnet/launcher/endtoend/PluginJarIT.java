package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A component of somebody else, compiled here against the api alone, in a jar that is dropped into plugins/. */
class PluginJarIT {
    private static final String SOURCE = """
            package com.example.greeter;

            import com.typesafe.config.Config;
            import dev.rustnet.broadcast.BestEffortBroadcast;
            import dev.rustnet.broadcast.Channel;
            import dev.rustnet.component.ComponentContext;
            import dev.rustnet.component.ComponentDescriptor;
            import dev.rustnet.component.NetComponent;
            import dev.rustnet.component.Settings;
            import dev.rustnet.group.GroupMembership;

            public final class GreeterComponent implements NetComponent {
                @Override
                public Settings settings() {
                    return Settings.none().text("greeting");
                }

                @Override
                public ComponentDescriptor descriptor(Config own) {
                    return ComponentDescriptor.named("greeter").requires(BestEffortBroadcast.class).build();
                }

                @Override
                public void start(ComponentContext context) {
                    Channel channel = context.require(BestEffortBroadcast.class).channel("greetings");
                    channel.onDeliver(delivery -> context.log().log(
                            System.Logger.Level.INFO, "greeted by " + delivery.source() + ": " + delivery.text()));
                    context.topics().subscribe(GroupMembership.PROCESS_JOINED, joined ->
                            channel.broadcast(context.config().getString("greeting") + ", " + joined.process()));
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void isFoundStartedAndUsed() throws Exception {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet"));
        jar(distribution.resolve("plugins/greeter-1.0.jar"), compile(distribution.resolve("lib")));
        String components = LoopbackGroup.QUICK + ", greeter { greeting = Hello }";

        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second");
                RustnetProcess list = RustnetProcess.start("components", distribution, Map.of(), "components")) {
            assertThat(list.awaitExit()).isZero();
            assertThat(list.output()).anyMatch(line -> line.matches("greeter +greeter-1\\.0\\.jar.*"));

            RustnetProcess first = group.run("first", distribution, Map.of(), group.configure("first", components));
            RustnetProcess second = group.run("second", distribution, Map.of(), group.configure("second", components));

            first.awaitError("greeted by second: Hello, first");
            second.awaitError("greeted by first: Hello, second");
        }
    }

    @Test
    void canBeSimulatedByItsName() throws Exception {
        Path distribution = Distribution.copyTo(directory.resolve("rustnet"));
        jar(distribution.resolve("plugins/greeter-1.0.jar"), compile(distribution.resolve("lib")));

        try (RustnetProcess run = RustnetProcess.start(
                "simulate", distribution, Map.of(), "simulate", "--component", "greeter", "--crash", "1")) {
            assertThat(run.awaitExit())
                    .as(() -> String.join("\n", run.output()))
                    .isZero();

            assertThat(run.output()).anyMatch(line -> line.contains("URB4 uniform agreement"));
        }
    }

    /** The directory with the classes, compiled against rustnet-api and what it depends on. */
    private Path compile(Path lib) throws IOException {
        String classPath;
        try (Stream<Path> jars = Files.list(lib)) {
            List<String> needed = jars.filter(jar -> jar.getFileName()
                            .toString()
                            .matches("(rustnet-api|config|jakarta\\.inject-api|jspecify)-.*\\.jar"))
                    .map(Path::toString)
                    .toList();
            assertThat(needed).hasSize(4);
            classPath = String.join(System.getProperty("path.separator"), needed);
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///com/example/greeter/GreeterComponent.java"),
                        javax.tools.JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE;
                    }
                };
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d", classes.toString()),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(messages::toString).isTrue();
        return classes;
    }

    private static void jar(Path file, Path classes) throws IOException {
        String entry = "com/example/greeter/GreeterComponent.class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            put(jar, entry, Files.readAllBytes(classes.resolve(entry)));
            put(
                    jar,
                    "META-INF/services/dev.rustnet.component.NetComponent",
                    "com.example.greeter.GreeterComponent\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            put(
                    jar,
                    "reference.conf",
                    "rustnet.components.greeter { enabled = true, greeting = Hi }\n"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
