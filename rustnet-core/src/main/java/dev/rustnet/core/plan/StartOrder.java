package dev.rustnet.core.plan;

import dev.rustnet.component.Assumption;
import dev.rustnet.core.plan.StartPlan.Edge;
import dev.rustnet.core.plan.StartPlan.Left;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Who starts, in which order, and why: a pure function of what the components declare and the configuration chooses. A
 * component starts after the providers of the services it uses; among those that could be next, the first by name is, so
 * that the order depends on nothing else.
 */
public final class StartOrder {
    /**
     * The outcome.
     *
     * @param order those that start; complete only without problems
     * @param edges the reasons for the order, by user and then by service
     * @param left those that do not start, and why not
     * @param problems all that is wrong
     */
    public record Result(List<Declaration> order, List<Edge> edges, List<Left> left, List<Problem> problems) {}

    // Injected
    private final ServiceProviders providers;
    private final List<Problem> problems;

    // State
    private final List<Edge> edges = new ArrayList<>();

    private StartOrder(ServiceProviders providers, List<Problem> problems) {
        this.providers = providers;
        this.problems = problems;
    }

    /**
     * Works out the order.
     *
     * @param declarations of all components that there are, enabled or not
     * @param choices of the configuration
     * @param needed services without which the kernel itself cannot run
     * @param unusable components whose declarations are not known, for the notes of a report
     */
    public static Result of(
            List<Declaration> declarations, List<Choice> choices, List<Class<?>> needed, List<String> unusable) {
        List<Problem> problems = new ArrayList<>();
        List<Declaration> distinct = distinct(declarations, problems);
        ServiceProviders providers = ServiceProviders.of(distinct, choices, unusable, problems);
        for (Class<?> service : needed) {
            if (providers.of(service).isEmpty()) {
                problems.add(providers.missingForKernel(service));
            }
        }
        StartOrder start = new StartOrder(providers, problems);
        providers.starting().forEach(start::connect);
        providers.starting().forEach(start::checkAssumptions);
        List<Declaration> order = start.sort();
        return new Result(order, List.copyOf(start.edges), providers.left(), problems);
    }

    private static List<Declaration> distinct(List<Declaration> declarations, List<Problem> problems) {
        Map<String, List<Declaration>> byName = new TreeMap<>();
        declarations.stream()
                .sorted(Comparator.comparing(Declaration::className).thenComparing(Declaration::jar))
                .forEach(declaration -> byName.computeIfAbsent(declaration.name(), name -> new ArrayList<>())
                        .add(declaration));
        List<Declaration> distinct = new ArrayList<>();
        byName.forEach((name, same) -> {
            distinct.add(same.get(0));
            if (same.size() > 1) {
                Problem problem =
                        Problem.of(ProblemCode.DUPLICATE_NAME, same.size() + " components have the name " + name + ".");
                for (Declaration one : same) {
                    problem = problem.with("found", one.place());
                }
                problems.add(problem.fix(
                        "remove one of the jars; a name is a key of the configuration, so it has one owner"));
            }
        });
        return distinct;
    }

    private void connect(Declaration user) {
        // Sorted, so that the plan reads the same however the descriptor lists its services.
        user.descriptor().requires().stream()
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .forEach(service -> connect(user, service, false));
        user.descriptor().requiresOptional().stream()
                .distinct()
                .filter(service -> !user.descriptor().requires().contains(service))
                .sorted(Comparator.comparing(Class::getName))
                .forEach(service -> connect(user, service, true));
    }

    private void connect(Declaration user, Class<?> service, boolean optional) {
        if (user.provides(service)) {
            problems.add(Problem.of(
                            ProblemCode.SELF_DEPENDENCY,
                            user.name() + " cannot start: it requires " + service.getSimpleName()
                                    + ", which it provides itself.")
                    .with("declared by", user.place())
                    .fix("remove one of the two from its descriptor"));
            return;
        }
        List<Declaration> candidates = providers.of(service);
        if (candidates.isEmpty() && !optional) {
            problems.add(providers.missing(user, service));
        }
        for (Declaration provider : candidates) {
            edges.add(new Edge(user.name(), provider.name(), service.getSimpleName(), optional));
        }
    }

    /** Where a component also requires the service, that it is missing has been said. */
    private void checkAssumptions(Declaration user) {
        for (Assumption assumption : user.descriptor().assumptions()) {
            assumption
                    .service()
                    .filter(service -> assumption.essential()
                            && providers.of(service).isEmpty()
                            && !user.descriptor().requires().contains(service))
                    .ifPresent(service -> problems.add(providers.unfounded(user, assumption, service)));
            assumption
                    .service()
                    .filter(service -> assumption.essential())
                    .ifPresent(service -> problems.addAll(providers.broken(user, assumption, service)));
        }
    }

    private List<Declaration> sort() {
        Map<String, Declaration> waiting = new TreeMap<>();
        Map<String, Integer> missing = new HashMap<>();
        for (Declaration declaration : providers.starting()) {
            waiting.put(declaration.name(), declaration);
            missing.put(declaration.name(), 0);
        }
        edges.forEach(edge -> missing.merge(edge.user(), 1, Integer::sum));
        PriorityQueue<String> ready = new PriorityQueue<>();
        missing.forEach((name, count) -> {
            if (count == 0) {
                ready.add(name);
            }
        });
        List<Declaration> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String next = ready.remove();
            Declaration started = waiting.remove(next);
            if (started != null) {
                order.add(started);
            }
            for (Edge edge : edges) {
                if (edge.provider().equals(next) && missing.merge(edge.user(), -1, Integer::sum) == 0) {
                    ready.add(edge.user());
                }
            }
        }
        problems.addAll(new Cycles(edges, waiting).problems());
        return order;
    }
}
