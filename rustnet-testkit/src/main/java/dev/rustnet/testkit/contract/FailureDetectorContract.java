package dev.rustnet.testkit.contract;

import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a failure detector must hold: completeness and accuracy, in a group of four, over many seeds, while processes crash and
 * start late; and where it does not claim to be perfect, while the network splits and processes pause. Extend it in a JUnit
 * test. Its timeout should be a few seconds at most: time is virtual, but a run ends only when all is decided.
 */
public abstract class FailureDetectorContract {
    private static final int PROCESSES = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    /** The component under test, made anew for each node. */
    protected abstract NetComponent component();

    /** Whether it provides {@code PerfectFailureDetector} with {@link #config}. */
    protected abstract boolean perfect();

    /** Settings of every node, in HOCON with full paths. */
    protected String config() {
        return "";
    }

    /** Other components of each node, made anew; stand-ins are added for what is lacking. */
    protected List<NetComponent> others() {
        return List.of();
    }

    /** How many seeds each scenario runs with. */
    protected int seeds() {
        return 30;
    }

    private SimulationBuilder mesh(long seed) {
        return Simulation.of(PROCESSES)
                .seed(seed)
                .components(() -> {
                    List<NetComponent> all = new ArrayList<>(others());
                    all.add(component());
                    return all;
                })
                .standIns()
                .config(config())
                .onBuild(DetectorWatch::on)
                .check(perfect() ? PropertySet.PERFECT_FAILURE_DETECTOR : PropertySet.FAILURE_DETECTOR);
    }

    private static Simulation rested(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntil(() -> running(run).isPresent(), DEADLINE);
        Duration timeout =
                running(run).orElseThrow().node().service(FailureDetector.class).timeout();
        run.runUntilQuiet(timeout.multipliedBy(5).plusSeconds(5), DEADLINE);
        return run;
    }

    private static Optional<SimulatedProcess> running(Simulation run) {
        return run.processes().stream()
                .filter(process -> process.state() == SimulatedProcess.State.RUNNING)
                .findFirst();
    }

    private static FaultPlan until(Duration end) {
        return new FaultPlan().at(end).heal();
    }

    @Test
    public final void nobodyIsSuspectedForGoodWhereNothingGoesWrong() {
        ScenarioSeeds.of(seeds()).mustHold(seed -> rested(mesh(seed).faults(until(Duration.ofSeconds(30)))));
    }

    @Test
    public final void whoStartsLateIsNotTakenForCrashed() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed ->
                        rested(mesh(seed).startSpread(Duration.ofSeconds(20)).faults(until(Duration.ofSeconds(20)))));
    }

    @Test
    public final void everyCorrectProcessDetectsEveryCrash() {
        ScenarioSeeds.of(seeds()).mustHold(seed -> {
            SimulationBuilder mesh = mesh(seed);
            int count = 1 + (int) (seed % (PROCESSES - 2));
            return rested(mesh.faults(new RandomCrashes(Duration.ofSeconds(2), Duration.ofSeconds(6), count)
                    .plan(seed, mesh.processes())));
        });
    }

    @Test
    public final void brokenConnectionsAreNoCrash() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed -> rested(
                        mesh(seed).faults(RandomFaults.resets(Duration.ofSeconds(1), Duration.ofSeconds(10), 20))));
    }

    /** A perfect detector assumes synchrony, and a partition or a pause is none. */
    @Test
    public final void wrongSuspicionsEndOncePartitionsAndPausesDo() {
        if (!perfect()) {
            ScenarioSeeds.of(seeds())
                    .mustHold(seed -> rested(mesh(seed)
                            .network(NetworkOptions.rough())
                            .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(15), 1)
                                    .longest(Duration.ofSeconds(8)))));
        }
    }
}
