package dev.rustnet.core.plan;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.core.plan.StartPlan.Condition;
import dev.rustnet.core.plan.StartPlan.Edge;
import dev.rustnet.core.plan.StartPlan.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What each broadcast guarantees, and on which assumptions, of all components below it together: a pure function of what
 * the components that start declare.
 */
public final class Promises {
    private static final String KERNEL = "the kernel";

    // Injected
    private final List<Declaration> order;
    private final List<Edge> edges;
    private final int processes;

    private Promises(StartOrder.Result result, int processes) {
        this.order = result.order();
        this.edges = result.edges();
        this.processes = processes;
    }

    /** One promise for each broadcast service that a component provides, in the order of start. */
    public static List<Promise> of(StartOrder.Result result, int processes) {
        return new Promises(result, processes).all();
    }

    private List<Promise> all() {
        List<Promise> promises = new ArrayList<>();
        for (Declaration provider : order) {
            for (Class<?> service : provider.descriptor().provides()) {
                if (Broadcast.class.isAssignableFrom(service)) {
                    promises.add(promise(service, provider));
                }
            }
        }
        return promises;
    }

    private Promise promise(Class<?> service, Declaration provider) {
        List<Condition> conditions = new ArrayList<>();
        for (Declaration used : withAllBelow(provider)) {
            for (Assumption assumption : used.descriptor().assumptions()) {
                conditions.add(condition(chosen(assumption), used.name()));
            }
        }
        conditions.add(condition(Assumption.FAIR_LOSS_LINKS, KERNEL));
        return new Promise(
                service.getSimpleName(),
                provider.name(),
                provider.descriptor().guarantees(),
                conditions,
                processes,
                least(conditions, Condition::crashes),
                least(conditions, Condition::crashesForGood));
    }

    /** The provider, what it uses, what that uses, and so on, each once. */
    private List<Declaration> withAllBelow(Declaration provider) {
        Set<String> names = new LinkedHashSet<>(List.of(provider.name()));
        boolean grown = true;
        while (grown) {
            List<String> below = edges.stream()
                    .filter(edge -> names.contains(edge.user()))
                    .map(Edge::provider)
                    .toList();
            grown = names.addAll(below);
        }
        return names.stream()
                .flatMap(name -> order.stream().filter(one -> one.name().equals(name)))
                .toList();
    }

    private Assumption chosen(Assumption assumption) {
        return assumption.alternative().isPresent() && provider(assumption).isEmpty()
                ? chosen(assumption.alternative().get())
                : assumption;
    }

    private Optional<String> provider(Assumption assumption) {
        return assumption.service().flatMap(service -> order.stream()
                .filter(one -> one.provides(service))
                .map(Declaration::name)
                .findFirst());
    }

    private Condition condition(Assumption assumption, String declaredBy) {
        return new Condition(
                assumption.name(),
                assumption.meaning(),
                declaredBy,
                provider(assumption),
                assumption.crashes(processes),
                assumption.crashesForGood(processes));
    }

    private int least(List<Condition> conditions, ToIntFunction<Condition> crashes) {
        return conditions.stream().mapToInt(crashes).min().orElse(processes);
    }
}
