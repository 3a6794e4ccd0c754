package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A plug-in of somebody else, made of one source file.
 *
 * @param component the full name of the class
 * @param source its text
 * @param referenceConf the defaults that the jar brings
 */
record PluginJar(String component, String source, String referenceConf) {
    /** Compiles it against the api of that distribution alone, and drops the jar into its plugins. */
    void dropInto(Path distribution, String fileName) throws IOException {
        Path jar = distribution.resolve("plugins").resolve(fileName);
        Path classes = compile(distribution.resolve("lib"), Files.createTempDirectory(distribution, "classes"));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            put(out, "META-INF/services/dev.rustnet.component.NetComponent", bytes(component + "\n"));
            put(out, "reference.conf", bytes(referenceConf + "\n"));
        }
    }

    private Path compile(Path lib, Path classes) throws IOException {
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
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        URI uri = URI.create("string:///" + component.replace('.', '/') + ".java");
        SimpleJavaFileObject file = new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d", classes.toString()),
                        null,
                        List.of(file))
                .call();
        assertThat(compiled).as(messages::toString).isTrue();
        return classes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
