package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.demo.NodeEvent.Installed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who has installed, suspected and delivered what, as the nodes told it. Processes go by their labels. */
final class Tally {
    // State
    private final Map<String, Installed> views = new HashMap<>();
    private final Map<String, Set<String>> suspected = new HashMap<>();
    private final Map<String, Map<String, Long>> latest = new HashMap<>();
    private final Map<String, Long> delivered = new HashMap<>();
    private final Map<String, Map<String, Long>> notOwed = new HashMap<>();
    private final Set<String> rested = new HashSet<>();

    void installed(String node, Installed view) {
        views.put(node, view);
    }

    void suspected(String node, String process) {
        suspected.computeIfAbsent(node, unused -> new TreeSet<>()).add(process);
    }

    void restored(String node, String process) {
        suspected.getOrDefault(node, new TreeSet<>()).remove(process);
    }

    void delivered(String node, String sender, long number) {
        latest.computeIfAbsent(node, unused -> new HashMap<>()).put(sender, number);
        delivered.merge(node, 1L, Long::sum);
    }

    /** That process has joined in mid-stream: what had been given out before is owed to it only if it comes after its first view. */
    void joined(String node, List<NodeProcess> senders) {
        Map<String, Long> given = new HashMap<>();
        senders.forEach(sender -> given.put(sender.label(), sender.fed()));
        notOwed.put(node, given);
    }

    void rested(String node) {
        rested.add(node);
    }

    /** How many messages that process has delivered. */
    long deliveredBy(String node) {
        return delivered.getOrDefault(node, 0L);
    }

    /** Whether all its members have installed that view, or a later one. */
    boolean inForce(Installed view) {
        return view.members().stream().allMatch(member -> viewOf(member) >= view.view());
    }

    /** Whether these processes, and nobody else, are the latest view, at each of them. */
    boolean inOneView(List<NodeProcess> running) {
        Set<String> members = running.stream().map(NodeProcess::label).collect(Collectors.toSet());
        return running.stream()
                        .map(node -> views.get(node.label()))
                        .allMatch(view ->
                                view != null && Set.copyOf(view.members()).equals(members))
                && running.stream()
                                .mapToLong(node -> viewOf(node.label()))
                                .distinct()
                                .count()
                        == 1;
    }

    /**
     * Whether nothing more is to be expected: these are in one view, nobody suspects another, and each has delivered the last
     * line that each was given. What others broadcast belongs to earlier views, which are complete with this one.
     */
    boolean atRest(List<NodeProcess> running) {
        return inOneView(running)
                && running.stream().allMatch(node -> running.stream().noneMatch(other -> suspects(node, other)))
                && running.stream().allMatch(node -> running.stream().allMatch(sender -> hasAll(node, sender)));
    }

    boolean allRested(List<NodeProcess> running) {
        return running.stream().allMatch(node -> rested.contains(node.label()));
    }

    private long viewOf(String node) {
        Installed view = views.get(node);
        return view == null ? 0 : view.view();
    }

    private boolean suspects(NodeProcess node, NodeProcess other) {
        return suspected.getOrDefault(node.label(), Set.of()).contains(other.label());
    }

    private boolean hasAll(NodeProcess node, NodeProcess sender) {
        long last = latest.getOrDefault(node.label(), Map.of()).getOrDefault(sender.label(), 0L);
        long before = notOwed.getOrDefault(node.label(), Map.of()).getOrDefault(sender.label(), 0L);
        return last == sender.fed() || sender.fed() <= before;
    }
}
