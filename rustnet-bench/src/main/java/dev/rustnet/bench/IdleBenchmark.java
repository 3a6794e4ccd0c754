package dev.rustnet.bench;

import dev.rustnet.bench.BroadcastNode.Caller;
import dev.rustnet.bench.BroadcastNode.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of a processor core each node of a mesh takes that has nothing to do, with the default configuration.
 * {@code IdleBenchmark [seconds [nodes]]}.
 */
public final class IdleBenchmark {
    private static final int SETTLE_SECONDS = 10;

    private IdleBenchmark() {}

    /** Prints one line for each node. */
    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        List<String> ports = BroadcastBenchmark.freePorts(size);
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            for (int rank = 0; rank < size; rank++) {
                List<String> of =
                        new ArrayList<>(List.of("" + rank, "0", "0", Service.RELIABLE.name(), Caller.LOOP.name()));
                of.addAll(ports);
                nodes.add(NodeProcess.start(BroadcastNode.class, List.of(), of));
            }
            nodes.forEach(node -> node.hear("joined"));
            Measurement.pause(SETTLE_SECONDS);
            List<Sample> before = Measurement.samples(nodes);
            Measurement.pause(seconds);
            List<Sample> after = Measurement.samples(nodes);
            System.out.printf(Locale.ROOT, "%d idle nodes, %d s, JDK %s%n", size, seconds, Runtime.version());
            for (int rank = 0; rank < size; rank++) {
                Sample from = before.get(rank);
                Sample to = after.get(rank);
                System.out.printf(
                        Locale.ROOT,
                        "node %d: %.2f %% of a core%n",
                        rank,
                        100.0 * (to.cpuNanos() - from.cpuNanos()) / (to.nanos() - from.nanos()));
            }
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }
}
