package dev.rustnet.bench.member;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import java.util.Locale;
import java.util.Map;

/** Who is measured. */
public enum Contender {
    /** The yardstick, by which all others are read. */
    RAW("raw NIO"),
    /** What rustnet's links are built on: frames, budgets and events alone. */
    TRANSPORT("rustnet's transport alone"),
    BEST_EFFORT("best-effort broadcast"),
    RELIABLE("reliable broadcast"),
    UNIFORM_RELIABLE("uniform reliable broadcast"),
    CAUSAL_RELIABLE("causal broadcast over reliable"),
    CAUSAL("causal broadcast over uniform reliable"),
    /** To see what the clock costs, beside the same without it. */
    LAMPORT("uniform reliable broadcast with Lamport clock"),
    VECTOR("uniform reliable broadcast with vector clock"),
    /** Uniform reliable broadcast whose handler wastes 20 microseconds a message: a check of the benchmark itself. */
    SLOWED("uniform reliable broadcast, slowed down on purpose"),
    /** Reliable multicast to a view, as an expert would tune it. */
    JGROUPS("JGroups"),
    /** The nearest JGroups has to uniform delivery: each multicast is acknowledged, without waiting for it. */
    JGROUPS_ACKNOWLEDGED("JGroups, acknowledged (RSVP_NB)");

    private static final long WASTED_NANOS = 20_000;

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** How tables call it. */
    public String title() {
        return title;
    }

    /** How the command line calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Settings without which it would be another one. */
    Map<String, String> settings() {
        return switch (this) {
            case CAUSAL_RELIABLE -> Map.of("rustnet.components.causal-broadcast.over", "reliable-broadcast");
            case LAMPORT -> Map.of("rustnet.components.lamport-clock.enabled", "true");
            case VECTOR -> Map.of("rustnet.components.vector-clock.enabled", "true");
            default -> Map.of();
        };
    }

    /** Whether it offers nothing but bytes in and out. */
    public boolean yardstick() {
        return this == RAW || this == TRANSPORT;
    }

    /** What of rustnet ran with it, for the table; empty for others. */
    public Map<String, String> components() {
        return switch (this) {
            case RAW, TRANSPORT, JGROUPS, JGROUPS_ACKNOWLEDGED -> Map.of();
            default -> Map.of("membership", "static-membership", "detector", "failure-detector");
        };
    }

    Member member(Role role, Deliveries deliveries) throws Exception {
        return switch (this) {
            case RAW -> new RawNioMember(role, deliveries);
            case TRANSPORT -> new TransportMember(role, deliveries);
            case BEST_EFFORT -> new RustnetMember(role, deliveries, BestEffortBroadcast.class, 0);
            case RELIABLE -> new RustnetMember(role, deliveries, ReliableBroadcast.class, 0);
            case CAUSAL_RELIABLE, CAUSAL -> new RustnetMember(role, deliveries, CausalBroadcast.class, 0);
            case UNIFORM_RELIABLE, LAMPORT, VECTOR ->
                new RustnetMember(role, deliveries, UniformReliableBroadcast.class, 0);
            case SLOWED -> new RustnetMember(role, deliveries, UniformReliableBroadcast.class, WASTED_NANOS);
            case JGROUPS -> new JGroupsMember(role, deliveries, JGroupsMember.Send.PLAIN);
            case JGROUPS_ACKNOWLEDGED -> new JGroupsMember(role, deliveries, JGroupsMember.Send.ACKNOWLEDGED);
        };
    }
}
