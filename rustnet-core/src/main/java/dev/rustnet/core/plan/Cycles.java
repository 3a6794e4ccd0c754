package dev.rustnet.core.plan;

import dev.rustnet.core.plan.StartPlan.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the circles among components that could not be put in order, and prints each as a path. */
final class Cycles {
    // Injected
    private final List<Edge> edges;
    private final Map<String, Declaration> unsorted;

    /** @param unsorted by name: components in a circle, and those that wait for one of them */
    Cycles(List<Edge> edges, Map<String, Declaration> unsorted) {
        this.edges = edges.stream()
                .filter(edge -> unsorted.containsKey(edge.user()) && unsorted.containsKey(edge.provider()))
                .toList();
        this.unsorted = unsorted;
    }

    /** One problem for each shortest circle; a component appears in at most one of them that it begins. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        Set<String> reported = new HashSet<>();
        for (String name : unsorted.keySet()) {
            if (!reported.contains(name)) {
                shortestThrough(name).ifPresent(path -> {
                    path.forEach(edge -> reported.add(edge.user()));
                    problems.add(problem(path));
                });
            }
        }
        return problems;
    }

    private Optional<List<Edge>> shortestThrough(String start) {
        Map<String, Edge> reachedBy = new HashMap<>();
        ArrayDeque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            String user = queue.remove();
            for (Edge edge : edges) {
                if (edge.user().equals(user) && !reachedBy.containsKey(edge.provider())) {
                    reachedBy.put(edge.provider(), edge);
                    queue.add(edge.provider());
                }
            }
        }
        Edge last = reachedBy.get(start);
        if (last == null) {
            return Optional.empty();
        }
        List<Edge> path = new ArrayList<>(List.of(last));
        while (!path.get(0).user().equals(start)) {
            path.add(0, reachedBy.getOrDefault(path.get(0).user(), last));
        }
        return Optional.of(path);
    }

    private Problem problem(List<Edge> path) {
        StringBuilder text = new StringBuilder(path.get(0).user());
        for (Edge edge : path) {
            text.append(edge.optional() ? " --uses " : " --requires ")
                    .append(edge.service())
                    .append("--> ")
                    .append(edge.provider());
        }
        Problem problem = Problem.of(
                        ProblemCode.CYCLE,
                        "components depend on each other in a circle, so none of them can start first.")
                .with("circle", text.toString());
        for (Edge edge : path) {
            Declaration user = unsorted.get(edge.user());
            if (user != null) {
                problem = problem.with(
                        user.name(),
                        user.place()
                                + user.configuredAt()
                                        .map(place -> ", configured at " + place)
                                        .orElse(""));
            }
        }
        return problem.fix("break one edge: disable a component, or choose another one for a service");
    }
}
