package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.component.NetComponent;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.plan.StartPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Collects what a node needs. What is said in code wins over a file, and that over each jar's reference.conf. */
public final class NodeBuilder {
    NodeBuilder(String name) {}

    NodeBuilder(Config config) {}

    NodeBuilder(Path file) {}

    /** Where to listen: {@code host:port}; port 0 for any free one. */
    public NodeBuilder bind(String address) {
        return this;
    }

    /** Under which address others reach this process: {@code host:port}. The one in the list of peers when left out. */
    public NodeBuilder advertise(String address) {
        return this;
    }

    /** The members, this process included, the same at every process: {@code name@host:port} or {@code host:port}. */
    public NodeBuilder peers(List<String> peers) {
        return this;
    }

    /** See {@link #peers(List)}. */
    public NodeBuilder peers(String... peers) {
        return peers(List.of(peers));
    }

    /** The largest number of other members that this process is meant for. */
    public NodeBuilder maxPeers(int maxPeers) {
        return this;
    }

    /** Settings of one component: keys below {@code rustnet.components.<component>}, values as in HOCON. */
    public NodeBuilder configure(String component, Map<String, ?> settings) {
        return this;
    }

    /** One setting by its full path, such as {@code rustnet.node.shutdown-timeout}. */
    public NodeBuilder set(String path, Object value) {
        return this;
    }

    /** Chooses the component that provides a service. */
    public NodeBuilder choose(Class<?> service, String component) {
        return this;
    }

    /** Registers a class whose values may be broadcast, under a name that is the same at every process. */
    public NodeBuilder payload(String stableName, Class<?> type) {
        return this;
    }

    /** Adds a component that is not found on the class path, or not looked for. */
    public NodeBuilder component(NetComponent component) {
        return this;
    }

    /** Whether to look for components on the class path; true when not said. */
    public NodeBuilder discover(boolean discover) {
        return this;
    }

    /** Where components, transports and reference.conf files are looked for; the thread's context loader when not said. */
    public NodeBuilder classLoader(ClassLoader loader) {
        return this;
    }

    /** The world to run in; the real one when not said. The caller keeps it. */
    public NodeBuilder environment(Environment environment) {
        return this;
    }

    /** The effective configuration, every value with its origin. Starts nothing; not checked. */
    public Config effectiveConfig() {
        throw new UnsupportedOperationException("being written");
    }

    /**
     * What would start, in which order, and why. Starts nothing.
     *
     * @throws dev.rustnet.core.plan.StartException with all problems, when there are any
     */
    public StartPlan plan() {
        throw new UnsupportedOperationException("being written");
    }

    /**
     * Plans the node and wires its components. No socket is open yet.
     *
     * @throws dev.rustnet.core.plan.StartException with all problems, when there are any
     */
    public Node build() {
        throw new UnsupportedOperationException("being written");
    }
}
