package dev.rustnet.testkit.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.plan.FoundComponent;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.standin.StandIns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Simulation} needs. */
public final class SimulationBuilder implements Cloneable {
    private static final int PORT = 7000;

    // State
    private List<String> names;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<PropertySet> properties = new ArrayList<>();
    private final List<Consumer<SimulatedProcess>> onBuild = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private final Map<String, Class<?>> payloads = new LinkedHashMap<>();
    private long seed = 1;
    private NetworkOptions network = NetworkOptions.lan();
    private @Nullable Supplier<List<NetComponent>> components;
    private @Nullable FaultPlan faults;
    private @Nullable RandomFaults randomFaults;
    private Duration startSpread = Duration.ofMillis(100);
    private int traceCapacity = 40;
    private RunObserver observer = new RunObserver() {};
    private @Nullable Simulation latest;
    private boolean mayStop;
    private @Nullable BiConsumer<Class<? extends Broadcast>, String> standIns;
    private boolean detectorWatched;
    private List<Integer> messages = List.of();

    SimulationBuilder(int processes) {
        if (processes < 1) {
            throw new IllegalArgumentException("there must be at least one process");
        }
        names = namesOf(processes);
    }

    /** Sorted by name is sorted by number: the rank of a name is its place among the names. */
    static List<String> namesOf(int processes) {
        List<String> names = new ArrayList<>();
        int digits = Integer.toString(processes).length();
        for (int i = 1; i <= processes; i++) {
            String number = Integer.toString(i);
            names.add("p" + "0".repeat(digits - number.length()) + number);
        }
        return names;
    }

    /** The names of the processes, by rank. */
    public List<String> processes() {
        return List.copyOf(names);
    }

    /** What decides everything that is left to chance. */
    public SimulationBuilder seed(long value) {
        seed = value;
        return this;
    }

    public SimulationBuilder network(NetworkOptions options) {
        network = options;
        return this;
    }

    /** Settings of every node, in HOCON, with full paths. */
    public SimulationBuilder config(String hocon) {
        ConfigFactory.parseString(hocon)
                .resolve()
                .entrySet()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().unwrapped()));
        return this;
    }

    /** The components of every node, made anew for each; those on the class path when not said. */
    public SimulationBuilder components(Supplier<List<NetComponent>> supplier) {
        components = supplier;
        return this;
    }

    /** Adds small components for the services that every node needs and none of its components provides. */
    public SimulationBuilder standIns() {
        return standIns((service, channel) -> {});
    }

    /** The same, and tells of each channel that is opened at a stand-in for a broadcast. */
    public SimulationBuilder standIns(BiConsumer<Class<? extends Broadcast>, String> opened) {
        standIns = opened;
        return this;
    }

    /** Registers a class whose values may be broadcast at every node, as {@link NodeBuilder#payload} does. */
    public SimulationBuilder payload(String stableName, Class<?> type) {
        payloads.put(stableName, type);
        return this;
    }

    /** What goes wrong, and when. */
    public SimulationBuilder faults(FaultPlan plan) {
        faults = plan;
        return this;
    }

    /** Lets the seed decide what goes wrong. */
    public SimulationBuilder faults(RandomFaults random) {
        randomFaults = random;
        return this;
    }

    /** The processes start within this time, each at a moment from the seed. */
    public SimulationBuilder startSpread(Duration time) {
        startSpread = time;
        return this;
    }

    /** What to do with each incarnation's node when it has been built and not started. */
    public SimulationBuilder onBuild(Consumer<SimulatedProcess> wiring) {
        onBuild.add(wiring);
        return this;
    }

    /** Records what each process's failure detector says; for whoever checks a failure detector, or draws the run. */
    public SimulationBuilder watchDetector() {
        detectorWatched = true;
        return this;
    }

    /** What each incarnation is given to do. */
    public SimulationBuilder load(Load load) {
        loads.add(load);
        return this;
    }

    /** As {@link #messages(List)}. */
    public SimulationBuilder messages(Integer... ofEach) {
        return messages(List.of(ofEach));
    }

    /**
     * How many messages each process sends, in place of what the loads say: one number for all processes, or one for each of
     * them, by rank. Only loads that count can be told, such as {@link BroadcastLoad} and {@link LinkLoad}.
     *
     * @throws IllegalArgumentException when there are neither as many numbers as processes nor one
     */
    public SimulationBuilder messages(List<Integer> ofEach) {
        if (ofEach.size() != 1 && ofEach.size() != names.size()) {
            throw new IllegalArgumentException(
                    "there are " + names.size() + " processes, and numbers of messages for " + ofEach.size());
        }
        messages = ofEach.size() == 1 ? Collections.nCopies(names.size(), ofEach.get(0)) : List.copyOf(ofEach);
        return this;
    }

    /** Which properties to check. */
    public SimulationBuilder check(PropertySet set) {
        properties.add(set);
        return this;
    }

    /** Nodes may stop by themselves, for instance when they learn that they are excluded; they count as crashed. */
    public SimulationBuilder mayStop() {
        mayStop = true;
        return this;
    }

    /** How many of the latest entries of the trace are kept for the report. */
    public SimulationBuilder keepTrace(int entries) {
        traceCapacity = entries;
        return this;
    }

    /** Who watches the run; one at most. */
    public SimulationBuilder observe(RunObserver watching) {
        observer = watching;
        return this;
    }

    public Simulation build() {
        Simulation run = new Simulation(this);
        latest = run;
        return run;
    }

    /** The run that was built last, for who reports on it. */
    public Optional<Simulation> latest() {
        return Optional.ofNullable(latest);
    }

    /** Another one that says the same, but for what {@code script} says and who watches; not to be added to. */
    SimulationBuilder with(RunScript script, RunObserver watching) {
        SimulationBuilder other = copy();
        other.names = namesOf(script.processes());
        other.randomFaults = null;
        other.messages = script.messages();
        return other.seed(script.seed())
                .network(script.network())
                .faults(script.faults())
                .startSpread(script.startSpread())
                .observe(watching);
    }

    /** Shares the lists: cloned, so that an option that is added later cannot be forgotten. */
    private SimulationBuilder copy() {
        try {
            return (SimulationBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What decides the run, as values. */
    RunScript script() {
        int most = loads.stream().mapToInt(Load::messages).max().orElse(0);
        List<Integer> ofEach = messages.isEmpty() ? Collections.nCopies(names.size(), most) : messages;
        return new RunScript(names.size(), seed, ofEach, plan(), network, startSpread);
    }

    /** The load that the process of that rank begins. */
    Load load(Load said, int rank) {
        return messages.isEmpty() ? said : said.withMessages(messages.get(rank));
    }

    Map<String, Object> settings() {
        return settings;
    }

    boolean componentsGiven() {
        return components != null;
    }

    long seed() {
        return seed;
    }

    NetworkOptions network() {
        return network;
    }

    boolean stopsAllowed() {
        return mayStop;
    }

    RunObserver observer() {
        return observer;
    }

    int traceCapacity() {
        return traceCapacity;
    }

    List<String> names() {
        return names;
    }

    List<PropertySet> properties() {
        return properties;
    }

    boolean detectorWatched() {
        return detectorWatched;
    }

    List<Consumer<SimulatedProcess>> onBuild() {
        return onBuild;
    }

    List<Load> loads() {
        return loads;
    }

    FaultPlan plan() {
        FaultPlan plan = FaultPlan.of(faults == null ? List.of() : faults.entries());
        return randomFaults == null ? plan : plan.and(randomFaults.plan(seed, names));
    }

    Map<String, Long> startTimes() {
        SplittableRandom random = Seeds.random(seed, "start");
        Map<String, Long> times = new LinkedHashMap<>();
        names.forEach(name -> times.put(name, random.nextLong(startSpread.toNanos() + 1)));
        return times;
    }

    Node node(String name, Environment environment, long formerIncarnation) {
        NodeBuilder builder = Node.builder(name)
                .bind(name + ":" + PORT)
                .peers(names.stream()
                        .map(peer -> peer + "@" + peer + ":" + PORT)
                        .toList())
                .maxPeers(Math.max(1, names.size() - 1))
                .environment(environment)
                .formerIncarnation(formerIncarnation);
        Supplier<List<NetComponent>> given = components;
        if (given != null) {
            builder.discover(false);
            given.get().forEach(builder::component);
        }
        settings.forEach(builder::set);
        payloads.forEach(builder::payload);
        BiConsumer<Class<? extends Broadcast>, String> opened = standIns;
        if (opened != null) {
            List<NetComponent> present = builder.catalog().components().stream()
                    .map(FoundComponent::component)
                    .toList();
            Config effective = builder.effectiveConfig().getConfig("rustnet");
            for (NetComponent added : StandIns.besides(present, effective, opened)) {
                builder.component(added);
                ComponentDescriptor descriptor = added.descriptor(ConfigFactory.empty());
                if (descriptor.provides().contains(GroupMembership.class)) {
                    // The shipped default names one that is not there.
                    builder.set("rustnet.services.group-membership", descriptor.name());
                }
            }
        }
        return builder.build();
    }
}
