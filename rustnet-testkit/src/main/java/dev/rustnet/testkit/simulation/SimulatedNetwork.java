package dev.rustnet.testkit.simulation;

import dev.rustnet.transport.ConnectionHandler.DialFailure;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, one for each process, and the links between them. A link is one direction: it lets frames through, swallows them,
 * or holds them until it is healed.
 */
final class SimulatedNetwork {
    /** What a link does with frames. */
    enum LinkState {
        UP,
        /** Frames are lost, and no connection learns of it. */
        SWALLOWING,
        /** Frames arrive when the link is up again, as TCP's own retransmission does it. */
        HOLDING
    }

    private record Link(String from, String to) {}

    // Injected
    private final Scheduler scheduler;
    private final NetworkOptions options;
    private final Trace trace;
    private final RunObserver observer;
    private final SplittableRandom random;

    // State
    private final Map<String, SimulatedTransport> listening = new LinkedHashMap<>();
    private final Map<Link, LinkState> states = new HashMap<>();
    private final Map<Link, Integer> slowness = new HashMap<>();
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
    private long frames;

    SimulatedNetwork(Scheduler scheduler, NetworkOptions options, Trace trace, RunObserver observer, long seed) {
        this.scheduler = scheduler;
        this.options = options;
        this.trace = trace;
        this.observer = observer;
        this.random = Seeds.random(seed, "network");
    }

    static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    /** A host that can be dialled by its name; what is no host cannot be resolved. */
    void addHost(String host) {
        hosts.add(host);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    NetworkOptions options() {
        return options;
    }

    /** True in so many cases of all, 0 to 1. */
    boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    long delayNanos(String from, String to) {
        long delay = options.delays().nanos(random, options);
        return options.unevenLinks() ? delay * slowness(from, to) : delay;
    }

    private int slowness(String from, String to) {
        return slowness.computeIfAbsent(new Link(from, to), unused -> switch (random.nextInt(10)) {
            case 0 -> 16;
            case 1, 2 -> 4;
            default -> 1;
        });
    }

    LinkState state(String from, String to) {
        // Mostly nothing is cut, and this is asked for each frame.
        return states.isEmpty() ? LinkState.UP : states.getOrDefault(new Link(from, to), LinkState.UP);
    }

    void setState(String from, String to, LinkState state) {
        states.put(new Link(from, to), state);
        if (state == LinkState.UP) {
            List.copyOf(connections).forEach(connection -> connection.healed(from, to));
        }
    }

    void heal() {
        states.clear();
        List.copyOf(connections).forEach(SimulatedConnection::healed);
    }

    boolean listen(String address, SimulatedTransport transport) {
        silent.remove(host(address));
        return listening.putIfAbsent(address, transport) == null;
    }

    void unlisten(String address, SimulatedTransport transport) {
        listening.remove(address, transport);
    }

    void add(SimulatedConnection connection) {
        connections.add(connection);
    }

    void remove(SimulatedConnection connection) {
        connections.remove(connection);
    }

    /** From now on nothing answers there: not even a refusal. */
    void silence(String host) {
        silent.add(host);
    }

    boolean isSilent(String host) {
        return silent.contains(host);
    }

    /** A dial: asks the other host after a delay, and has its answer after another. */
    void dial(SimulatedConnection dialling, String address, long timeoutNanos) {
        String from = dialling.host();
        String to = host(address);
        trace(Trace.Kind.DIALLED, from, to, 0, "");
        if (!hosts.contains(to)) {
            scheduler.after(0, () -> dialling.failed(DialFailure.UNRESOLVED, "no host is called " + to));
            return;
        }
        scheduler.after(timeoutNanos, () -> dialling.failed(DialFailure.TIMEOUT, "no answer from " + address));
        scheduler.after(delayNanos(from, to), () -> {
            if (state(from, to) == LinkState.UP && !silent.contains(to)) {
                answer(dialling, address, from, to);
            }
        });
    }

    private void answer(SimulatedConnection dialling, String address, String from, String to) {
        @Nullable SimulatedTransport target = listening.get(address);
        if (target == null) {
            scheduler.after(delayNanos(to, from), () -> {
                if (state(to, from) == LinkState.UP) {
                    dialling.failed(DialFailure.REFUSED, "nobody listens on " + address);
                }
            });
            return;
        }
        SimulatedConnection accepted = target.accept(dialling);
        scheduler.after(delayNanos(to, from), () -> {
            if (state(to, from) == LinkState.UP) {
                dialling.opened(accepted);
            }
        });
    }

    /** Breaks every connection between the two hosts; both ends learn it, or only one. */
    void reset(String host, String other, boolean oneEnd) {
        for (SimulatedConnection connection : List.copyOf(connections)) {
            boolean forth =
                    connection.host().equals(host) && connection.remoteHost().equals(other);
            boolean back =
                    connection.host().equals(other) && connection.remoteHost().equals(host);
            if (forth || (back && !oneEnd)) {
                connection.reset();
            }
        }
    }

    /** A frame leaves; returns its number. */
    long sent(String from, String to, byte[] frame) {
        frames++;
        observer.sent(
                frames, from, to, scheduler.nowNanos(), ByteBuffer.wrap(frame).asReadOnlyBuffer());
        return frames;
    }

    void arrived(long frame) {
        observer.arrived(frame, scheduler.nowNanos());
    }

    void lost(long frame) {
        observer.lost(frame, scheduler.nowNanos());
    }

    void trace(Trace.Kind kind, String from, String to, long value, Object detail) {
        trace.add(scheduler.nowNanos(), kind, from, to, value, detail);
    }
}
