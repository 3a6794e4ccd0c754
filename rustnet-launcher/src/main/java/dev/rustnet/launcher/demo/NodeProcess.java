package dev.rustnet.launcher.demo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** One incarnation of a node of the demonstration, seen from the process that started it. */
final class NodeProcess implements AutoCloseable {
    // Injected
    private final NodeFiles files;
    private final Process process;
    private final Writer input;

    // State
    private boolean killed;
    private boolean told;
    private long fed;

    private NodeProcess(NodeFiles files, Process process) {
        this.files = files;
        this.process = process;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it with the Java, the class path and the options of this process.
     *
     * @param listener told what the node says, on a thread of its own
     */
    static NodeProcess start(NodeFiles files, List<String> java, BiConsumer<NodeProcess, NodeEvent> listener)
            throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "demo-node",
                "--config",
                files.config().toString(),
                "--events",
                files.events().toString()));
        Process process =
                new ProcessBuilder(command).redirectError(files.log().toFile()).start();
        NodeProcess node = new NodeProcess(files, process);
        Thread reader = new Thread(() -> node.read(listener), "rustnet-demo-" + files.label());
        reader.setDaemon(true);
        reader.start();
        return node;
    }

    String name() {
        return files.name();
    }

    String label() {
        return files.label();
    }

    NodeFiles files() {
        return files;
    }

    long pid() {
        return process.pid();
    }

    /** Whether {@link #kill} was called. */
    boolean killed() {
        return killed;
    }

    /** Whether it was told to end, in one way or the other. */
    boolean endWanted() {
        return killed || told;
    }

    /** How many lines it was given. */
    long fed() {
        return fed;
    }

    /** Gives it a line to broadcast; returns whether it took it. */
    boolean feed(String line) {
        if (!process.isAlive() || !write(DemoNodeCommand.LINE + line)) {
            return false;
        }
        fed++;
        return true;
    }

    /** Tells it that its event log is complete. */
    void rest() {
        write(DemoNodeCommand.REST);
    }

    /** SIGKILL. */
    void kill() {
        killed = true;
        process.destroyForcibly();
    }

    /** Ends its input, upon which it stops in good order. */
    void endInput() {
        told = true;
        try {
            input.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Whether it ended within that time. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Its exit code; only once it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Makes sure that it does not outlive this process. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean write(String line) {
        try {
            input.write(line);
            input.write('\n');
            input.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void read(BiConsumer<NodeProcess, NodeEvent> listener) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                NodeEvent.parse(line).ifPresent(event -> listener.accept(this, event));
            }
        } catch (IOException e) {
            // The stream of a killed process may end this way too.
        }
        try {
            listener.accept(this, new NodeEvent.Ended(process.waitFor()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
