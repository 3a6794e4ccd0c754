package dev.rustnet.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.rustnet.component.NetComponent;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.incarnation.Draft;
import dev.rustnet.core.incarnation.Incarnations;
import dev.rustnet.core.kernel.Blueprint;
import dev.rustnet.core.plan.ComponentCatalog;
import dev.rustnet.core.plan.FoundComponent;
import dev.rustnet.core.plan.KebabCase;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.settings.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a node needs. What is said in code wins over a file, and that over each jar's reference.conf. */
public final class NodeBuilder {
    private static final String ROOT = "rustnet.";
    private static final String HERE = "NodeBuilder.";

    // State
    private final Config base;
    private final Map<String, ConfigValue> said = new LinkedHashMap<>();
    private final Map<String, Class<?>> payloads = new LinkedHashMap<>();
    private final List<NetComponent> components = new ArrayList<>();
    private boolean discover = true;
    private ClassLoader loader = defaultLoader();
    private @Nullable Environment environment;
    private long former;

    NodeBuilder(String name) {
        this(ConfigFactory.empty());
        set("rustnet.node.name", name, "Node.builder");
    }

    NodeBuilder(Config config) {
        base = config;
    }

    NodeBuilder(Path file) {
        this(Configuration.file(file));
    }

    private static ClassLoader defaultLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? NodeBuilder.class.getClassLoader() : context;
    }

    /** Where to listen: {@code host:port}; port 0 for any free one. */
    public NodeBuilder bind(String address) {
        return say("rustnet.node.bind", address, "bind");
    }

    /** Under which address others reach this process: {@code host:port}. The one in the list of peers when left out. */
    public NodeBuilder advertise(String address) {
        return say("rustnet.node.advertise", address, "advertise");
    }

    /** The members, this process included, the same at every process: {@code name@host:port} or {@code host:port}. */
    public NodeBuilder peers(List<String> peers) {
        return say("rustnet.peers", List.copyOf(peers), "peers");
    }

    /** See {@link #peers(List)}. */
    public NodeBuilder peers(String... peers) {
        return peers(List.of(peers));
    }

    /** The largest number of other members that this process is meant for. */
    public NodeBuilder maxPeers(int maxPeers) {
        return say("rustnet.node.max-peers", maxPeers, "maxPeers");
    }

    /** Settings of one component: keys below {@code rustnet.components.<component>}, values as in HOCON. */
    public NodeBuilder configure(String component, Map<String, ?> settings) {
        String path = ConfigUtil.joinPath("rustnet", "components", component);
        settings.forEach((key, value) -> say(path + "." + key, value, "configure"));
        return this;
    }

    /**
     * One setting by its full path, such as {@code rustnet.node.shutdown-timeout}; the value as in HOCON.
     *
     * @throws IllegalArgumentException when the path does not begin with {@code rustnet.}
     */
    public NodeBuilder set(String path, Object value) {
        return set(path, value, HERE + "set");
    }

    /**
     * Like {@link #set(String, Object)}, for a value that comes from elsewhere.
     *
     * @param origin where from, as reports shall name the place: {@code --set}
     */
    public NodeBuilder set(String path, Object value, String origin) {
        if (!path.startsWith(ROOT) || path.length() == ROOT.length()) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" is not the path of a setting of rustnet: it begins with " + ROOT);
        }
        said.put(path, ConfigValueFactory.fromAnyRef(value, origin));
        return this;
    }

    /** Chooses the component that provides a service. */
    public NodeBuilder choose(Class<?> service, String component) {
        return say("rustnet.services." + KebabCase.of(service), component, "choose");
    }

    private NodeBuilder say(String path, Object value, String method) {
        return set(path, value, HERE + method);
    }

    /**
     * Registers a class whose values may be broadcast, sent, asked and replied, under a name that is the same at every process.
     *
     * <p>A record or a class may hold numbers, texts, booleans, arrays, lists, sets and maps of the JDK's plain kinds, {@code Optional},
     * {@code Instant}, {@code Duration}, {@code UUID}, {@code BigInteger}, {@code BigDecimal}, and values of other registered classes:
     * enums and nested records are registered too. Anything else is refused where it is sent, and named.
     */
    public NodeBuilder payload(String stableName, Class<?> type) {
        payloads.put(stableName, type);
        return this;
    }

    /** Adds a component that is not found on the class path, or not looked for. */
    public NodeBuilder component(NetComponent component) {
        components.add(component);
        return this;
    }

    /** Whether to look for components on the class path; true when not said. */
    public NodeBuilder discover(boolean discover) {
        this.discover = discover;
        return this;
    }

    /** Where components, transports and reference.conf files are looked for; the thread's context loader when not said. */
    public NodeBuilder classLoader(ClassLoader loader) {
        this.loader = loader;
        return this;
    }

    /** The world to run in; the real one when not said. The caller keeps it. */
    public NodeBuilder environment(Environment environment) {
        this.environment = environment;
        return this;
    }

    /**
     * The highest incarnation that this process is known to have had; this one is above it. For who keeps the environment, and so begins
     * one incarnation after the other: see {@link NodeFailedException#highestIncarnation}.
     */
    public NodeBuilder formerIncarnation(long incarnation) {
        former = incarnation;
        return this;
    }

    /**
     * The effective configuration: the subtree {@code rustnet}, every value with its origin. Starts nothing.
     *
     * @throws dev.rustnet.core.plan.StartException when it cannot be read; its values are not checked
     */
    public Config effectiveConfig() {
        return configuration().effective();
    }

    /** The components that there are, and what prevents others from being found. Starts nothing. */
    public ComponentCatalog catalog() {
        ComponentCatalog found = discover ? ComponentCatalog.discover(loader) : ComponentCatalog.empty();
        List<FoundComponent> all = new ArrayList<>(found.components());
        components.forEach(component -> all.add(FoundComponent.of(component)));
        return new ComponentCatalog(all, found.problems(), found.unusable());
    }

    /**
     * What would start, in which order, and why. Starts nothing.
     *
     * @throws dev.rustnet.core.plan.StartException with all problems, when there are any
     */
    public StartPlan plan() {
        try (Blueprint blueprint = blueprint()) {
            return blueprint.startPlan();
        }
    }

    /**
     * Plans the node and wires its components. No socket is open yet. A component added as an instance belongs to the node
     * then: build once. When the node outlives an incarnation, it is started again after it was stopped, while others are made
     * anew.
     *
     * @throws dev.rustnet.core.plan.StartException with all problems, when there are any
     */
    public Node build() {
        NodeBuilder fixed = copy();
        Blueprint blueprint = fixed.blueprint();
        Draft next = environment == null ? fixed::blueprintAt : null;
        return new Node(new Incarnations(blueprint, next, former), blueprint.shutdownTimeout());
    }

    private NodeBuilder copy() {
        NodeBuilder copy = new NodeBuilder(base);
        copy.said.putAll(said);
        copy.payloads.putAll(payloads);
        copy.components.addAll(components);
        copy.discover = discover;
        copy.loader = loader;
        copy.environment = environment;
        copy.former = former;
        return copy;
    }

    private Blueprint blueprint() {
        return Blueprint.draw(configuration(), catalog(), payloads, loader, environment);
    }

    /** Others know the port by now, even if any free one was asked for. */
    private Blueprint blueprintAt(String address) {
        if (effectiveConfig().getString("rustnet.node.bind").endsWith(":0")) {
            bind(address);
        }
        return blueprint();
    }

    private Configuration configuration() {
        Config told = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> each : said.entrySet()) {
            told = told.withValue(each.getKey(), each.getValue());
        }
        return Configuration.of(told.withFallback(base), loader);
    }
}
