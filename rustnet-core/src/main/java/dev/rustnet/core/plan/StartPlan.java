package dev.rustnet.core.plan;

import java.util.List;

/**
 * In which order components start, and why; those that do not start, and why not.
 *
 * @param order in the order of their start; they stop in reverse
 * @param edges the reasons for the order
 * @param left components that were found and do not start
 */
public record StartPlan(List<Step> order, List<Edge> edges, List<Left> left) {
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

    public StartPlan {
        order = List.copyOf(order);
        edges = List.copyOf(edges);
        left = List.copyOf(left);
    }
}
