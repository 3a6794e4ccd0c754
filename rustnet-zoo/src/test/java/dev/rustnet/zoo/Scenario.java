package dev.rustnet.zoo;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.besteffortbroadcast.BestEffortBroadcastComponent;
import dev.rustnet.plugins.causalbroadcast.CausalBroadcastComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.groupmembership.GroupMembershipComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.LinkLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** In what surroundings a bug is looked for. None is made for one bug: they are the mixes that our protocols must stand. */
enum Scenario {
    /** Perfect links over connections that break, on a rough network. */
    LINKS_RESET("perfect links, 4 processes, 60 messages on each link, broken connections", seed -> links(seed)
            .network(NetworkOptions.rough())
            .faults(RandomFaults.resets(seconds(1), seconds(8), 30))),
    /** Perfect links where frames get lost, come twice and overtake each other. */
    LINKS_DATAGRAMS(
            "perfect links, 4 processes, 60 messages on each link; frames are lost, doubled, reordered",
            seed -> links(seed).network(NetworkOptions.datagrams())),
    /** Perfect links with everything that can be healed. */
    LINKS_MIX(
            "perfect links, 4 processes, 60 messages on each link, the full mix of faults",
            seed -> links(seed).network(NetworkOptions.rough()).faults(mix(0))),
    /** Detection with everything that can happen, and one crash. */
    DETECTOR_MIX(
            "failure detector, 4 processes, the full mix of faults, one or two crashes",
            seed -> detection(seed, "").network(NetworkOptions.rough()).faults(mix(2))),
    /** Processes that start over half a minute, and crash early. */
    DETECTOR_EARLY_CRASH(
            "failure detector, 4 processes that start within 300 ms, two crash in the first second",
            seed -> detection(seed, "")
                    .network(NetworkOptions.rough())
                    .startSpread(Duration.ofMillis(300))
                    .faults(new RandomCrashes(Duration.ofMillis(200), Duration.ofMillis(1000), 2)
                            .plan(seed, Simulation.of(4).processes()))),
    /** Synchrony is assumed, and holds: pauses and cuts are shorter than the timeout. */
    PERFECT_DETECTOR_MIX(
            "perfect failure detector, 4 processes, faults shorter than the timeout, one or two crashes",
            seed -> detection(seed, Settings.SYNCHRONY)
                    .faults(new RandomFaults(seconds(1), seconds(12), 2, 8, 1, 1, Duration.ofMillis(700)))),
    /** Synchrony is assumed, and some start late. */
    PERFECT_DETECTOR_LATE(
            "perfect failure detector, 4 processes that start within 30 s", seed -> detection(seed, Settings.SYNCHRONY)
                    .startSpread(seconds(30))
                    .faults(new FaultPlan().at(seconds(32)).heal())),
    BEST_EFFORT_MIX("best-effort broadcast, 4 processes, 20 messages each, the full mix of faults", seed -> broadcast(
                    seed, BestEffortBroadcastComponent::new, "")
            .check(PropertySet.BEST_EFFORT_BROADCAST)
            .load(BroadcastLoad.of(BestEffortBroadcast.class, 20))
            .network(NetworkOptions.rough())
            .faults(mix(0))),
    FIFO_MIX(
            "FIFO order over best-effort broadcast, 4 processes, 20 messages each, the full mix of faults",
            seed -> broadcast(seed, BestEffortBroadcastComponent::new, "")
                    .check(PropertySet.of("fifo", Property.FRB5))
                    .load(BroadcastLoad.of(BestEffortBroadcast.class, 20))
                    .network(NetworkOptions.rough())
                    .faults(mix(0))),
    RELIABLE_MIX(
            "reliable broadcast, 4 processes, 20 messages each, the full mix of faults, up to two crashes",
            seed -> broadcast(seed, ReliableBroadcastComponent::new, "")
                    .check(PropertySet.RELIABLE_BROADCAST)
                    .load(BroadcastLoad.of(ReliableBroadcast.class, 20))
                    .network(NetworkOptions.rough())
                    .faults(mix(2))),
    RELIABLE_LATE("reliable broadcast, 4 processes that start within 20 s, 20 messages each", seed -> broadcast(
                    seed, ReliableBroadcastComponent::new, "")
            .check(PropertySet.RELIABLE_BROADCAST)
            .load(BroadcastLoad.of(ReliableBroadcast.class, 20))
            .startSpread(seconds(20))
            .faults(new FaultPlan().at(seconds(22)).heal())),
    RELIABLE_TINY_WINDOW("reliable broadcast, 4 processes, 40 messages each through a window of 4", seed -> broadcast(
                    seed,
                    ReliableBroadcastComponent::new,
                    "rustnet.components.reliable-broadcast.window-messages = 4\n")
            .check(PropertySet.RELIABLE_BROADCAST)
            .load(BroadcastLoad.of(ReliableBroadcast.class, 40).every(Duration.ofMillis(10)))),
    UNIFORM_MIX(
            "uniform reliable broadcast, 5 processes, 20 messages each, the full mix of faults, up to two crashes",
            seed -> uniform(seed, 5, "").faults(longMix(2))),
    UNIFORM_CRASHES("uniform reliable broadcast, 5 processes, 20 messages each, two crash", seed -> uniform(seed, 5, "")
            .faults(crashes(seed, 5, 2))),
    MAJORITY_CRASHES(
            "uniform reliable broadcast, commit = majority, 5 processes, 20 messages each, two crash",
            seed -> uniform(seed, 5, Settings.MAJORITY).faults(crashes(seed, 5, 2))),
    MAJORITY_MIX(
            "uniform reliable broadcast, commit = majority, 5 processes, 20 messages each, the full mix of faults, up to"
                    + " two crashes",
            seed -> uniform(seed, 5, Settings.MAJORITY).faults(longMix(2))),
    /** A minority that nobody hears, until nobody is left of it. */
    MAJORITY_CUT_OFF(
            "uniform reliable broadcast, commit = majority, 5 processes, 20 messages each, two are cut off together and crash",
            seed -> uniform(seed, 5, Settings.MAJORITY).faults(cutOff(seed))),
    /** Of what a source delivers and then crashes, two hold copies: one that nobody hears and that crashes too, and one more. */
    MAJORITY_ONE_HOLDER(
            "uniform reliable broadcast, commit = majority, 5 processes, 20 messages each, one hears the two that crash, and"
                    + " only the source hears the other one",
            seed -> uniform(seed, 5, Settings.MAJORITY).faults(oneHolder(seed))),
    LIVING_CRASHES(
            "uniform reliable broadcast over a perfect failure detector, 4 processes, 20 messages each, two crash",
            seed -> uniform(seed, 4, Settings.SYNCHRONY).faults(crashes(seed, 4, 2))),
    /** Processes crash and come back as new incarnations. */
    RESTARTS(
            "reliable broadcast, static membership, 4 processes, 20 messages each, one is killed and restarted",
            seed -> broadcast(seed, ReliableBroadcastComponent::new, "")
                    .check(PropertySet.RELIABLE_BROADCAST)
                    .load(BroadcastLoad.of(ReliableBroadcast.class, 20))
                    .mayStop()
                    .faults(restart(seed))),
    /** Each message has causes, and links differ in speed. */
    CAUSAL_MIX(
            "causal broadcast over uniform reliable broadcast, 4 processes, 20 messages each, the full mix of faults, up to"
                    + " one crash",
            seed -> Simulation.of(4)
                    .seed(seed)
                    .components(() -> List.of(
                            new FailureDetectorComponent(),
                            new StaticMembershipComponent(),
                            new UniformReliableBroadcastComponent(),
                            new CausalBroadcastComponent()))
                    .config(Settings.TIMES + "rustnet.components.causal-broadcast.over = uniform-reliable-broadcast\n")
                    .check(PropertySet.UNIFORM_CAUSAL_BROADCAST)
                    .load(BroadcastLoad.of(CausalBroadcast.class, 20).every(Duration.ofMillis(150)))
                    .network(NetworkOptions.rough())
                    .faults(mix(1))),
    /** Views take processes back. */
    VIEWS_RESTARTS(
            "uniform reliable broadcast on group-membership, 4 processes, 40 messages each through a window of 8, one is"
                    + " killed and restarted",
            seed -> views(seed)
                    .config("rustnet.components.uniform-reliable-broadcast.window-messages = 8\n")
                    .check(PropertySet.UNIFORM_RELIABLE_BROADCAST)
                    .mayStop()
                    .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                    .faults(viewsRestart(seed))),
    /** More than half of the list crash, each when the one before is excluded. */
    VIEWS_ONE_BY_ONE(
            "uniform reliable broadcast on group-membership, 5 processes, 40 messages each through a window of 4, three"
                    + " crash one after the other",
            seed -> views(seed, 5)
                    .config(Settings.SOON_EXCLUDED
                            + "rustnet.components.uniform-reliable-broadcast.window-messages = 4\n")
                    .faults(new FaultPlan()
                            .at(Duration.ofMillis(3_000 + 170 * (seed % 10)))
                            .crash("p1")
                            .at(seconds(20))
                            .crash("p2")
                            .at(seconds(37))
                            .crash("p4"))),
    /** One link is dead for longer than exclusion takes; nobody is to be excluded, so that nobody may stop. */
    VIEWS_DEAD_LINK(
            "uniform reliable broadcast on group-membership, 4 processes, 40 messages each, one link is cut for half a minute",
            seed -> views(seed)
                    .config(Settings.SOON_EXCLUDED)
                    .faults(new FaultPlan()
                            .at(Duration.ofMillis(3_000 + 210 * (seed % 10)))
                            .partition("p" + (1 + seed % 3), "p4")
                            .at(seconds(35))
                            .heal())),
    /** One says goodbye; what it has delivered, all deliver. */
    VIEWS_LEAVE(
            "reliable broadcast on group-membership, 4 processes, 20 messages each, one leaves", seed -> reliableViews(
                            seed, BroadcastLoad.of(ReliableBroadcast.class, 20).every(Duration.ofMillis(100)))
                    .check(PropertySet.of("leaving", Property.GM1, Property.GM2, Property.VS, Property.URB4))
                    .onBuild(Scenario::leave)),
    /** Longer than exclusion takes. */
    VIEWS_SPLIT(
            "uniform reliable broadcast on group-membership, 4 processes, 40 messages each, split for a while; one may crash",
            seed -> views(seed)
                    .mayStop()
                    .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                    .faults(split(seed)));

    private static final Duration REST = Duration.ofSeconds(12);
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // A function without state.
    private final LongFunction<SimulationBuilder> builder;

    Scenario(String words, LongFunction<SimulationBuilder> builder) {
        this.words = words;
        this.builder = builder;
    }

    static Scenario named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no scenario is called " + name + "; there are " + Arrays.toString(values())));
    }

    /** For a person to read. */
    String words() {
        return words;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Simulation run(long seed) {
        Simulation run = builder.apply(seed).build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    static Optional<Verdict> failure(Simulation run) {
        List<RunVerdict> verdicts = run.verdicts();
        return verdicts.stream()
                .flatMap(verdict -> verdict.violation().stream())
                .findFirst()
                .or(() -> verdicts.stream()
                        .flatMap(verdict -> verdict.inconclusive().stream())
                        .findFirst());
    }

    // What scenarios are made of

    /** Apart, since the scenarios are made before any other constant of an enum. */
    private static final class Settings {
        static final String TIMES =
                "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n";
        static final String SYNCHRONY = "rustnet.components.failure-detector.assume-synchrony = true\n";
        static final String SOON_EXCLUDED = "rustnet.components.group-membership.exclusion-timeout = 8s\n";
        static final String MAJORITY = "rustnet.components.uniform-reliable-broadcast.commit = majority\n";
    }

    private static SimulationBuilder links(long seed) {
        return Simulation.of(4)
                .seed(seed)
                .components(() -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent()))
                .config(Settings.TIMES)
                .check(PropertySet.PERFECT_LINKS)
                .load(LinkLoad.of(60));
    }

    private static SimulationBuilder detection(long seed, String config) {
        return Simulation.of(4)
                .seed(seed)
                .components(() -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent()))
                .config(Settings.TIMES + config)
                .onBuild(DetectorWatch::on)
                .check(config.isEmpty() ? PropertySet.FAILURE_DETECTOR : PropertySet.PERFECT_FAILURE_DETECTOR);
    }

    private static SimulationBuilder broadcast(
            long seed, java.util.function.Supplier<NetComponent> protocol, String config) {
        return broadcast(seed, 4, protocol, config);
    }

    private static SimulationBuilder broadcast(
            long seed, int processes, java.util.function.Supplier<NetComponent> protocol, String config) {
        return Simulation.of(processes)
                .seed(seed)
                .components(
                        () -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent(), protocol.get()))
                .config(Settings.TIMES + config)
                .onBuild(DetectorWatch::on);
    }

    private static SimulationBuilder uniform(long seed, int processes, String config) {
        return broadcast(seed, processes, UniformReliableBroadcastComponent::new, config)
                .check(PropertySet.UNIFORM_RELIABLE_BROADCAST)
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, 20).every(Duration.ofMillis(500)))
                .network(config.equals(Settings.SYNCHRONY) ? NetworkOptions.lan() : NetworkOptions.rough());
    }

    private static SimulationBuilder reliableViews(long seed, BroadcastLoad load) {
        return Simulation.of(4)
                .seed(seed)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new GroupMembershipComponent(),
                        new ReliableBroadcastComponent()))
                .config(Settings.TIMES + "rustnet.services.group-membership = group-membership\n")
                .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                .mayStop()
                .load(ViewsLoad.with(load));
    }

    private static void leave(SimulatedProcess process) {
        if (process.name().equals("p2")) {
            process.after(Duration.ofMillis(700 + process.random("leave").nextInt(2_000)), () -> process.node()
                    .execute(process.node()::close));
        }
    }

    private static FaultPlan viewsRestart(long seed) {
        return new FaultPlan()
                .at(Duration.ofMillis(4_000 + 370 * (seed % 20)))
                .crash("p2")
                .at(Duration.ofMillis(4_001 + 370 * (seed % 20) + 251 * seed % 30_000))
                .restart("p2");
    }

    private static SimulationBuilder views(long seed) {
        return views(seed, 4);
    }

    private static SimulationBuilder views(long seed, int processes) {
        return Simulation.of(processes)
                .seed(seed)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new GroupMembershipComponent(),
                        new UniformReliableBroadcastComponent()))
                .config(Settings.TIMES
                        + "rustnet.services.group-membership = group-membership\n"
                        + "rustnet.components.group-membership.join-timeout = 10s\n")
                .check(PropertySet.VIEW_SYNCHRONY)
                .load(ViewsLoad.with(
                        BroadcastLoad.of(UniformReliableBroadcast.class, 40).every(seconds(1))));
    }

    /** One side may have a majority, or none. */
    private static FaultPlan split(long seed) {
        List<String> sides = List.of("p1,p2|p3,p4", "p1|p2,p3,p4", "p1,p3|p2,p4", "p4|p1,p2,p3", "p1,p2,p4|p3");
        String[] side = sides.get((int) (seed % sides.size())).split("\\|");
        FaultPlan plan = new FaultPlan()
                .at(Duration.ofMillis(4_000 + 130 * (seed % 20)))
                .partition(side[0], side[1])
                .at(seconds(40 + seed % 7))
                .heal();
        return seed % 3 == 0 ? plan.at(seconds(5 + seed % 30)).crashAfterSends("p2", 1 + (int) (seed % 5)) : plan;
    }

    private static RandomFaults mix(int crashes) {
        return RandomFaults.mixed(seconds(1), seconds(12), crashes);
    }

    /** Cuts that outlast the failure detector. */
    private static RandomFaults longMix(int crashes) {
        return new RandomFaults(seconds(1), seconds(16), crashes, 8, 3, 3, seconds(6));
    }

    private static FaultPlan cutOff(long seed) {
        List<String> sides = List.of("p1,p2|p3,p4,p5", "p2,p4|p1,p3,p5", "p3,p5|p1,p2,p4", "p1,p5|p2,p3,p4");
        String[] side = sides.get((int) (seed % sides.size())).split("\\|");
        Duration cut = Duration.ofMillis(1_000 + 310 * (seed % 17));
        Duration crash = cut.plusMillis(1_000 + 230 * (seed % 13));
        return new FaultPlan()
                .at(cut)
                .partition(side[0], side[1])
                .at(crash)
                .crash(side[0].split(",")[0])
                .at(crash)
                .crash(side[0].split(",")[1])
                .at(crash.plusSeconds(4))
                .heal();
    }

    private static FaultPlan oneHolder(long seed) {
        Duration cut = Duration.ofMillis(1_000 + 310 * (seed % 17));
        Duration gone = cut.plusSeconds(4);
        return new FaultPlan()
                .at(cut)
                .partition("p1,p2", "p4,p5")
                .at(cut)
                .loseOneWay("p2", "p3")
                .at(cut.plusMillis(20))
                .crashAtEvent("p1", 1 + (int) (seed % 7))
                .at(gone)
                .crash("p1")
                .at(gone)
                .crash("p2")
                .at(gone.plusSeconds(4))
                .heal();
    }

    private static FaultPlan crashes(long seed, int processes, int count) {
        return new RandomCrashes(Duration.ofMillis(500), seconds(8), count)
                .plan(seed, Simulation.of(processes).processes());
    }

    private static FaultPlan restart(long seed) {
        Duration crash = Duration.ofMillis(1000 + 137 * (seed % 10));
        return new FaultPlan()
                .at(crash)
                .crash("p2")
                .at(crash.plusMillis(300 + 411 * (seed % 7)))
                .restart("p2");
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
