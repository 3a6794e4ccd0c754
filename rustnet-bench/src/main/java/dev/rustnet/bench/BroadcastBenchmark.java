package dev.rustnet.bench;

import dev.rustnet.bench.BroadcastNode.Caller;
import dev.rustnet.bench.BroadcastNode.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Broadcasts flat out over rustnet with its default configuration, beside the raw NIO yardstick on the same work in the same
 * run. {@code BroadcastBenchmark [bytes [seconds [senders [launches [loop|thread]]]]]}.
 */
public final class BroadcastBenchmark {
    private static final int NODES = 4;
    private static final int WARM_UP_SECONDS = 5;

    private BroadcastBenchmark() {}

    /** Prints a Markdown table; each line is the median of the launches, and the yardstick's launches stand between them. */
    public static void main(String[] arguments) {
        int bytes = argument(arguments, 0, 1024);
        int seconds = argument(arguments, 1, 5);
        int senders = argument(arguments, 2, 1);
        int launches = argument(arguments, 3, 3);
        Caller caller = arguments.length > 4 ? Caller.valueOf(arguments[4].toUpperCase(Locale.ROOT)) : Caller.LOOP;
        var workload = new Workload(NODES, senders, bytes, WARM_UP_SECONDS, seconds);

        List<Measurement> raw = new ArrayList<>();
        Map<Service, List<Measurement>> rustnet = new EnumMap<>(Service.class);
        for (int i = 0; i < launches; i++) {
            raw.add(RawNioYardstick.measure(workload));
            for (Service service : Service.values()) {
                rustnet.computeIfAbsent(service, key -> new ArrayList<>()).add(measure(workload, service, caller));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%s, broadcast called on the %s, medians of %d launches, JDK %s, %d processors%n%n",
                workload,
                caller.name().toLowerCase(Locale.ROOT),
                launches,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        System.out.println(
                "| | msgs/s at the slowest node | of raw | us CPU per broadcast | B allocated per delivery |");
        System.out.println("|---|---|---|---|---|");
        Measurement yardstick = Measurement.median(raw);
        print("raw NIO", yardstick, yardstick);
        rustnet.forEach((service, measured) -> print(service.toString(), Measurement.median(measured), yardstick));
    }

    /** One launch. */
    static Measurement measure(Workload workload, Service service, Caller caller) {
        List<String> ports = freePorts(workload.nodes());
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            for (int rank = 0; rank < workload.nodes(); rank++) {
                List<String> arguments = new ArrayList<>(List.of(
                        "" + rank,
                        rank < workload.senders() ? "1" : "0",
                        "" + workload.payloadBytes(),
                        service.name(),
                        caller.name()));
                arguments.addAll(ports);
                nodes.add(NodeProcess.start(BroadcastNode.class, Workload.JVM_OPTIONS, arguments));
            }
            nodes.forEach(node -> node.hear("joined"));
            nodes.forEach(node -> node.say("go"));
            return Measurement.of(nodes, workload);
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    private static void print(String what, Measurement result, Measurement yardstick) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.1f |%n",
                what,
                result.rate(),
                result.rate() / yardstick.rate(),
                result.cpuMicros(),
                result.allocatedBytes());
    }

    static List<String> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<String> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add("" + socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
