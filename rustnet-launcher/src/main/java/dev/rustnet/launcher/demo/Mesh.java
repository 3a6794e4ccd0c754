package dev.rustnet.launcher.demo;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** The processes of a run: under each name the one that runs now, and those that ran before it. */
final class Mesh implements AutoCloseable {
    /** An event and the process at which it happened. */
    record Message(NodeProcess node, NodeEvent event) {}

    // Injected
    private final List<String> java;

    // State
    private final List<NodeProcess> processes = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    /** @param java the command that {@link NodeProcess#start} takes */
    Mesh(List<String> java) {
        this.java = List.copyOf(java);
    }

    NodeProcess start(NodeFiles files) throws IOException {
        NodeProcess process = NodeProcess.start(files, java, (node, event) -> messages.add(new Message(node, event)));
        processes.add(process);
        return process;
    }

    /** What the processes say, in the order in which it was heard. */
    BlockingQueue<Message> messages() {
        return messages;
    }

    /** All that were ever started. */
    List<NodeProcess> all() {
        return processes;
    }

    /** Those that were not told to end. */
    List<NodeProcess> running() {
        return processes.stream().filter(process -> !process.endWanted()).toList();
    }

    /** The latest of that name. */
    NodeProcess latest(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("no process is called " + name));
    }

    /** Where all log, for a person to look there. */
    String logs() {
        return processes.stream().map(node -> node.files().log().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        processes.forEach(NodeProcess::close);
    }
}
