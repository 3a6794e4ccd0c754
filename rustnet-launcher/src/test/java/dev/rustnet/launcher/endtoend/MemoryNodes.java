package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A group of {@link MemoryNode}s, each with 64 MiB of heap and 64 MiB of direct memory. The first one may be slow. */
final class MemoryNodes implements AutoCloseable {
    private static final List<String> LIMITS = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC");

    // State
    private final List<RustnetProcess> processes = new ArrayList<>();

    /**
     * Starts them, and waits until all have joined.
     *
     * @param slow how many deliveries of the first one take 10 ms
     * @param mark after how many deliveries each says how much memory is in use
     * @param perfect whether crashes are detected perfectly
     */
    MemoryNodes(Path directory, int size, long slow, long mark, boolean perfect) {
        this(directory, size, slow, mark, "" + perfect);
    }

    /** Without a perfect detector, and with views: who crashes is excluded. */
    static MemoryNodes withViews(Path directory, int size, long mark) {
        return new MemoryNodes(directory, size, 0, mark, MemoryNode.VIEWS);
    }

    private MemoryNodes(Path directory, int size, long slow, long mark, String detection) {
        String[] names = new String[size];
        for (int i = 0; i < size; i++) {
            names[i] = "p" + (i + 1);
        }
        LoopbackGroup group = new LoopbackGroup(directory, names);
        List<String> peers = Stream.of(names).map(group::peer).toList();
        for (String name : names) {
            List<String> arguments =
                    new ArrayList<>(List.of(name, "" + (processes.isEmpty() ? slow : 0), "" + mark, detection));
            arguments.addAll(peers);
            processes.add(RustnetProcess.java(name, LIMITS, MemoryNode.class, arguments));
        }
        processes.forEach(process -> process.awaitOutput("^joined$"));
    }

    List<RustnetProcess> all() {
        return processes;
    }

    RustnetProcess get(int rank) {
        return processes.get(rank);
    }

    /** All do that. */
    void say(String command) {
        processes.forEach(process -> process.type(command));
    }

    /** The lines of all that begin so. */
    List<String> printed(String word) {
        return processes.stream()
                .flatMap(process -> process.output().stream())
                .filter(line -> line.startsWith(word))
                .toList();
    }

    void assertNothingWentWrong() {
        assertThat(printed("wrong")).isEmpty();
        for (RustnetProcess process : processes) {
            assertThat(process.error()).noneMatch(line -> line.contains("Error"));
        }
    }

    @Override
    public void close() {
        processes.forEach(RustnetProcess::close);
    }
}
