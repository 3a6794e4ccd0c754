package dev.rustnet.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node in a JVM of its own, seen from the benchmark. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter toNode;
    private final BufferedReader fromNode;

    private NodeProcess(Process process) {
        this.process = process;
        this.toNode = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.fromNode = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts {@code main} on this JVM's own class path. */
    static NodeProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            return new NodeProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String line) {
        try {
            toNode.write(line);
            toNode.newLine();
            toNode.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a node has ended before its time", e);
        }
    }

    /** Waits for a line that begins with {@code word}, skipping others, and returns what follows the word. */
    String hear(String word) {
        try {
            for (String line = fromNode.readLine(); line != null; line = fromNode.readLine()) {
                if (line.equals(word) || line.startsWith(word + " ")) {
                    return line.substring(word.length()).trim();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("a node has ended before it said \"" + word + "\"");
    }

    Sample sample() {
        say("sample");
        return Sample.parse("sample " + hear("sample"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
