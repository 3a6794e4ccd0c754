package dev.rustnet.launcher.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who has joined, detected and delivered what, as the nodes told it. */
final class Tally {
    // State
    private final Map<String, Set<String>> joined = new HashMap<>();
    private final Map<String, Set<String>> detected = new HashMap<>();
    private final Map<String, Map<String, Long>> delivered = new HashMap<>();

    void joined(String node, String process) {
        joined.computeIfAbsent(node, unused -> new TreeSet<>()).add(process);
    }

    void crashed(String node, String process) {
        detected.computeIfAbsent(node, unused -> new TreeSet<>()).add(process);
    }

    void delivered(String node, String sender) {
        delivered.computeIfAbsent(node, unused -> new HashMap<>()).merge(sender, 1L, Long::sum);
    }

    /** How many members {@code node} has met, itself included. */
    int met(String node) {
        Set<String> met = new TreeSet<>(joined.getOrDefault(node, Set.of()));
        met.add(node);
        return met.size();
    }

    /** How many messages {@code node} has delivered. */
    long deliveredBy(String node) {
        return delivered.getOrDefault(node, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Whether nothing more is to be expected: every survivor has detected every crash and delivered every line that a
     * survivor was given, and as many of each crashed process as every other survivor.
     */
    boolean atRest(List<NodeProcess> survivors, Set<String> killed) {
        for (NodeProcess survivor : survivors) {
            Map<String, Long> own = delivered.getOrDefault(survivor.name(), Map.of());
            boolean allDelivered =
                    survivors.stream().allMatch(sender -> own.getOrDefault(sender.name(), 0L) == sender.fed());
            boolean allDetected =
                    detected.getOrDefault(survivor.name(), Set.of()).containsAll(killed);
            Map<String, Long> first = delivered.getOrDefault(survivors.get(0).name(), Map.of());
            if (!allDelivered || !allDetected || !own.equals(first)) {
                return false;
            }
        }
        return true;
    }
}
