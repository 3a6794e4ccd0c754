package dev.rustnet.bench.process;

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
import org.jspecify.annotations.Nullable;

/** A JVM of its own, steered by lines. */
public final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter toNode;
    private final BufferedReader fromNode;

    private JavaProcess(Process process) {
        this.process = process;
        this.toNode = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.fromNode = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts {@code main} on this JVM's own class path. */
    public static JavaProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            return new JavaProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one line to its standard input. */
    public void say(String line) {
        try {
            toNode.write(line);
            toNode.newLine();
            toNode.flush();
        } catch (IOException e) {
            throw new EndedException("a process of the benchmark has ended before its time", e);
        }
    }

    /** Waits for a line that begins with {@code word}, skipping others, and returns what follows the word. */
    public String hear(String word) {
        try {
            for (String line = fromNode.readLine(); line != null; line = fromNode.readLine()) {
                if (line.equals(word) || line.startsWith(word + " ")) {
                    return line.substring(word.length()).trim();
                }
            }
        } catch (IOException e) {
            throw new EndedException("a process of the benchmark has ended before it said \"" + word + "\"", e);
        }
        throw new EndedException("a process of the benchmark has ended before it said \"" + word + "\"", null);
    }

    /** Says {@code word} and waits for the answer, which begins with it. */
    public String ask(String word) {
        say(word);
        return hear(word);
    }

    /** Says {@code line} and waits for the answer, which begins with {@code word}. */
    public String ask(String line, String word) {
        say(line);
        return hear(word);
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.destroyForcibly();
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

    /** The process is no more. */
    public static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
