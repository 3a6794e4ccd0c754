package dev.rustnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The yardstick: a program that only writes length-prefixed frames to the others with gathering writes, and counts them
 * at the other end. {@code RawNioYardstick [bytes [seconds [senders [nodes]]]]}.
 */
public final class RawNioYardstick {
    private RawNioYardstick() {}

    /** Prints what the yardstick does, and what rustnet's transport does with nothing above it. */
    public static void main(String[] arguments) {
        int bytes = argument(arguments, 0, 1024);
        int seconds = argument(arguments, 1, 5);
        int senders = argument(arguments, 2, 1);
        int nodes = argument(arguments, 3, 4);
        var workload = new Workload(nodes, senders, bytes, 3, seconds);
        print("raw NIO", workload, measure(workload));
        print("rustnet's transport", workload, measure(TransportNode.class, workload));
    }

    /** One launch. */
    static Measurement measure(Workload workload) {
        return measure(RawNioNode.class, workload);
    }

    private static Measurement measure(Class<?> main, Workload workload) {
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            for (int rank = 0; rank < workload.nodes(); rank++) {
                nodes.add(NodeProcess.start(
                        main,
                        Workload.JVM_OPTIONS,
                        List.of(
                                "" + rank,
                                "" + workload.nodes(),
                                rank < workload.senders() ? "1" : "0",
                                "" + workload.payloadBytes())));
            }
            List<String> ports = new ArrayList<>();
            nodes.forEach(node -> ports.add(node.hear("port")));
            nodes.forEach(node -> node.say(String.join(" ", ports)));
            nodes.forEach(node -> node.hear("connected"));
            return Measurement.of(nodes, workload);
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    private static void print(String what, Workload workload, Measurement result) {
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %,.0f msgs/s at the slowest node, %.2f us CPU per broadcast, %.1f B allocated per delivery%n",
                what,
                workload,
                result.rate(),
                result.cpuMicros(),
                result.allocatedBytes());
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
