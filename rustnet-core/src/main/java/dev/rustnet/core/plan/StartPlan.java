package dev.rustnet.core.plan;

import java.util.List;
import java.util.Optional;

/**
 * In which order components start, and why; those that do not start, and why not; and what the broadcasts among them
 * guarantee, on which assumptions.
 *
 * @param order in the order of their start; they stop in reverse
 * @param edges the reasons for the order
 * @param left components that were found and do not start
 * @param promises one for each broadcast service, in the order of start
 */
public record StartPlan(List<Step> order, List<Edge> edges, List<Left> left, List<Promise> promises) {
    /**
     * A component that starts.
     *
     * @param name its name
     * @param className its class
     * @param jar where it was found
     * @param provides simple names of the services that it provides
     */
    public record Step(String name, String className, String jar, List<String> provides) {}

    /**
     * {@code user} starts after {@code provider} because it uses its service.
     *
     * @param user the component that asks
     * @param provider the component that starts first
     * @param service the simple name of the service
     * @param optional whether the user would start without it
     */
    public record Edge(String user, String provider, String service, boolean optional) {}

    /**
     * A component that was found and does not start.
     *
     * @param name its name
     * @param jar where it was found
     * @param reason why not, with the place in the configuration
     */
    public record Left(String name, String jar, String reason) {}

    /**
     * What a broadcast service guarantees, and as long as what is true.
     *
     * @param service its simple name
     * @param provider the component that provides it
     * @param guarantees properties by their textbook names
     * @param conditions the assumptions of the provider, of the components that it uses, and so on down to the kernel
     * @param processes how many processes there are
     * @param crashes how many of them may crash: the least over the conditions
     * @param crashesForGood how many may crash with the rest going on for ever: the least over the conditions
     */
    public record Promise(
            String service,
            String provider,
            List<String> guarantees,
            List<Condition> conditions,
            int processes,
            int crashes,
            int crashesForGood) {
        public Promise {
            guarantees = List.copyOf(guarantees);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * One assumption that a promise rests on.
     *
     * @param assumption in a few words
     * @param meaning one clause: what that means
     * @param declaredBy the component that assumes it, or the kernel
     * @param madeTrueBy the component whose service makes it true; empty for one about the world
     * @param crashes how many processes may crash
     * @param crashesForGood how many may crash with the rest going on for ever
     */
    public record Condition(
            String assumption,
            String meaning,
            String declaredBy,
            Optional<String> madeTrueBy,
            int crashes,
            int crashesForGood) {}

    public StartPlan {
        order = List.copyOf(order);
        edges = List.copyOf(edges);
        left = List.copyOf(left);
        promises = List.copyOf(promises);
    }
}
