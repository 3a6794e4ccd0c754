package dev.rustnet.launcher.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code rustnet} command that runs as a process of its own. Waits for its lines and its end, at most a minute. */
final class RustnetProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 60;

    // Injected
    private final String label;
    private final Process process;
    private final Lines output;
    private final Lines error;

    private RustnetProcess(String label, Process process) {
        this.label = label;
        this.process = process;
        this.output = new Lines(process.getInputStream(), label + "-output");
        this.error = new Lines(process.getErrorStream(), label + "-error");
    }

    /** Starts the command of the distribution with the Java that runs this test. */
    static RustnetProcess start(String label, String... arguments) {
        return start(label, Distribution.path(), Map.of(), arguments);
    }

    static RustnetProcess start(String label, Path distribution, Map<String, String> environment, String... arguments) {
        return start(label, List.of(), distribution, environment, arguments);
    }

    /** The same, with a command before it that ends in running what follows. */
    static RustnetProcess start(String label, List<String> before, Path distribution, String... arguments) {
        return start(label, before, distribution, Map.of(), arguments);
    }

    private static RustnetProcess start(
            String label,
            List<String> before,
            Path distribution,
            Map<String, String> environment,
            String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(distribution.resolve("bin/rustnet").toString());
        command.addAll(Arrays.asList(arguments));
        return start(label, environment, command);
    }

    /** Runs a line of shell in which $R is the command of the distribution and $1 the first argument. */
    static RustnetProcess shell(String label, Map<String, String> environment, String line, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "R='" + Distribution.path().resolve("bin/rustnet") + "'; " + line, "sh"));
        command.addAll(Arrays.asList(arguments));
        return start(label, environment, command);
    }

    /** Starts a main class of the tests on their own class path, with the Java that runs this test. */
    static RustnetProcess java(String label, List<String> options, Class<?> main, List<String> arguments) {
        return java(label, options, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    /** Starts the main class of that name. */
    static RustnetProcess java(String label, String classPath, String main, List<String> arguments) {
        return java(label, List.of(), classPath, main, arguments);
    }

    private static RustnetProcess java(
            String label, List<String> options, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return start(label, Map.of(), command);
    }

    private static RustnetProcess start(String label, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new RustnetProcess(label, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String label() {
        return label;
    }

    /** Writes a line to its standard input. */
    void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its standard input. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of standard output in which the pattern is found. */
    Matcher awaitOutput(String regex) {
        return awaitOutput(regex, DEADLINE_SECONDS);
    }

    Matcher awaitOutput(String regex, long seconds) {
        return await(output, regex, seconds);
    }

    /** Waits for a line of standard error in which the pattern is found. */
    Matcher awaitError(String regex) {
        return await(error, regex, DEADLINE_SECONDS);
    }

    /** Waits for so many such lines. */
    void awaitErrors(int count, String regex) {
        if (!error.awaitCount(Pattern.compile(regex), count, DEADLINE_SECONDS)) {
            throw new AssertionError(
                    label + " printed fewer than " + count + " lines with \"" + regex + "\"" + everything());
        }
    }

    /** Waits for its end; returns the exit code. */
    int awaitExit() {
        return awaitExit(DEADLINE_SECONDS);
    }

    int awaitExit(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError(label + " did not end within " + seconds + " s" + everything());
            }
            output.awaitEnd();
            error.awaitEnd();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** SIGTERM; what it prints until its end is still read, which {@link Process#destroy} would prevent. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    boolean alive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Standard output until now. */
    List<String> output() {
        return output.all();
    }

    /** Standard error until now. */
    List<String> error() {
        return error.all();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Matcher await(Lines lines, String regex, long seconds) {
        try {
            Matcher found = lines.await(Pattern.compile(regex), seconds);
            if (found == null) {
                throw new AssertionError(label + " printed no line with \"" + regex + "\"" + everything());
            }
            return found;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String everything() {
        return "\n--- output of " + label + "\n" + String.join("\n", output()) + "\n--- error of " + label + "\n"
                + String.join("\n", error()) + "\n---";
    }

    /** The lines of a stream, as they come. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final Thread reader;
        private boolean ended;

        Lines(InputStream in, String name) {
            reader = new Thread(() -> read(in), name);
            reader.setDaemon(true);
            reader.start();
        }

        synchronized List<String> all() {
            return List.copyOf(lines);
        }

        void awaitEnd() throws InterruptedException {
            reader.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        }

        /** The first match, or null when the stream ended or the time was up before. */
        @SuppressWarnings("NullAway")
        synchronized Matcher await(Pattern pattern, long seconds) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            int next = 0;
            while (true) {
                for (; next < lines.size(); next++) {
                    Matcher matcher = pattern.matcher(lines.get(next));
                    if (matcher.find()) {
                        return matcher;
                    }
                }
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }

        synchronized boolean awaitCount(Pattern pattern, int count, long seconds) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (lines.stream().filter(line -> pattern.matcher(line).find()).count() < count) {
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return true;
        }

        private void read(InputStream in) {
            try (BufferedReader reading = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reading.readLine(); line != null; line = reading.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                // The stream of a killed process may end this way too.
            } finally {
                end();
            }
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }
    }
}
