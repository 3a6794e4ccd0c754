package dev.rustnet.bench.hostile;

import dev.rustnet.bench.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much later uniform reliable broadcast delivers while its sender has hostile connections, by the thousand of each kind.
 * In one run, phases without them, with them, and with the same connections to somebody else take turns: the last tell what
 * the machine alone is slowed down by so many. {@code HostileLatency [connections of each kind [rounds]]}.
 */
public final class HostileLatency {
    private static final int NODES = 4;
    private static final int WARM_UP = 2_000;
    private static final List<String> JVM_OPTIONS = List.of("-Xms256m", "-Xmx256m");

    private HostileLatency() {}

    /** Prints a Markdown table; the ratios are those of the medians over the rounds. */
    public static void main(String[] arguments) {
        int each = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        List<String> ports = freePorts();
        List<JavaProcess> nodes = new ArrayList<>();
        try (var elsewhere = new ServerSocket(0, 128, InetAddress.getLoopbackAddress())) {
            turnAway(elsewhere);
            for (int rank = 0; rank < NODES; rank++) {
                List<String> itsArguments = new ArrayList<>(List.of("" + rank));
                itsArguments.addAll(ports);
                nodes.add(JavaProcess.start(LatencyNode.class, JVM_OPTIONS, itsArguments));
            }
            nodes.forEach(node -> node.hear("joined"));
            JavaProcess sender = nodes.get(0);
            phase(sender, () -> {}, WARM_UP);
            var attack = new HostileFlood(Integer.parseInt(ports.get(0)), each);
            var diversion = new HostileFlood(elsewhere.getLocalPort(), each);
            attack.run(); // warms up, too
            List<Latencies> without = new ArrayList<>();
            List<Latencies> machine = new ArrayList<>();
            List<Latencies> with = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                with.add(phase(sender, attack::run, 0));
                machine.add(phase(sender, diversion::run, 0));
                without.add(
                        phase(sender, () -> {}, Math.max(WARM_UP, with.get(i).count())));
            }
            print(each, rounds, Latencies.median(without), Latencies.median(machine), Latencies.median(with));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            nodes.forEach(JavaProcess::close);
        }
    }

    /** The sender broadcasts during {@code work}, and until it has done so at least so often. */
    private static Latencies phase(JavaProcess sender, Runnable work, int atLeast) {
        sender.say("begin");
        work.run();
        sender.say("end " + atLeast);
        return Latencies.parse(sender.hear("latencies"));
    }

    /** Ends every connection at once. */
    private static void turnAway(ServerSocket listener) {
        var acceptor = new Thread(
                () -> {
                    try {
                        while (true) {
                            listener.accept().close();
                        }
                    } catch (IOException e) {
                        // The measurement is over.
                    }
                },
                "elsewhere");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private static void print(int each, int rounds, Latencies without, Latencies machine, Latencies with) {
        System.out.printf(
                Locale.ROOT,
                "%nown delivery of uniform reliable broadcast, %d nodes, %d hostile connections of each of %d kinds, medians"
                        + " of %d rounds, JDK %s, %d processors%n%n",
                NODES,
                each,
                HostileFlood.KINDS,
                rounds,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| | without | to somebody else | ratio | to the sender | ratio |");
        System.out.println("|---|---|---|---|---|---|");
        System.out.printf(
                Locale.ROOT, "| messages | %d | %d | | %d | |%n", without.count(), machine.count(), with.count());
        line("p50 ms", without.p50Nanos(), machine.p50Nanos(), with.p50Nanos());
        line("p99 ms", without.p99Nanos(), machine.p99Nanos(), with.p99Nanos());
    }

    private static void line(String what, long without, long machine, long with) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.2f | %.3f | %.2f |%n",
                what,
                without / 1e6,
                machine / 1e6,
                (double) machine / without,
                with / 1e6,
                (double) with / without);
    }

    private static List<String> freePorts() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<String> ports = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
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
}
