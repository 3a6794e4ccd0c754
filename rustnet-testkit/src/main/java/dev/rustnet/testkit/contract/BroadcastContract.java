package dev.rustnet.testkit.contract;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a broadcast must hold to bear the name of its guarantee: its properties, in a group of four, over many seeds, while
 * messages are slow, connections break, the network splits, processes pause, come late, and crash in the middle of a
 * broadcast. Extend it in a JUnit test; a failure names the property, the seed and the faults.
 */
public abstract class BroadcastContract {
    private static final int PROCESSES = 4;
    private static final Duration REST = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** The component under test, made anew for each node. */
    protected abstract NetComponent component();

    /** The service that it provides. */
    protected abstract Class<? extends Broadcast> service();

    /** What it guarantees. */
    protected abstract PropertySet guarantee();

    /** Settings of every node, in HOCON with full paths. */
    protected String config() {
        return "";
    }

    /**
     * Other components of each node, made anew. Stand-ins for detector, membership and broadcasts are added where neither these
     * nor the component provide them.
     */
    protected List<NetComponent> others() {
        return List.of();
    }

    /** How many of the four may crash: two (a verdict takes two that do not), or fewer than half where the guarantee is uniform. */
    protected int crashes() {
        return guarantee().properties().contains(Property.URB4) ? (PROCESSES - 1) / 2 : PROCESSES - 2;
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
                .load(BroadcastLoad.of(service(), 20))
                .check(guarantee());
    }

    private static Simulation rested(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    @Test
    public final void itsPropertiesHoldWhereNothingGoesWrong() {
        ScenarioSeeds.of(seeds()).mustHold(seed -> rested(mesh(seed)));
    }

    @Test
    public final void itsPropertiesHoldOverSlowLinksPartitionsPausesAndBrokenConnections() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed -> rested(mesh(seed)
                        .network(NetworkOptions.rough())
                        .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(6), 0))));
    }

    @Test
    public final void itsPropertiesHoldWhereProcessesStartLate() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed -> rested(mesh(seed)
                        .startSpread(Duration.ofSeconds(10))
                        .faults(new FaultPlan().at(Duration.ofSeconds(10)).heal())));
    }

    @Test
    public final void itsPropertiesHoldWhereProcessesCrashAmidTheirBroadcasts() {
        ScenarioSeeds.of(seeds()).mustHold(seed -> {
            SimulationBuilder mesh = mesh(seed).network(NetworkOptions.rough());
            int count = (int) (seed % (crashes() + 1));
            return rested(mesh.faults(new RandomCrashes(Duration.ofMillis(500), Duration.ofSeconds(3), count)
                    .plan(seed, mesh.processes())));
        });
    }

    @Test
    public final void itsPropertiesHoldWhereASourceReachesOneProcessAloneAndCrashes() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed -> rested(mesh(seed)
                        .faults(new FaultPlan()
                                .at(Duration.ofMillis(700))
                                .partition("p1", "p3,p4")
                                .at(Duration.ofMillis(1_500))
                                .crash("p1")
                                .at(Duration.ofMillis(1_600))
                                .heal())));
    }

    @Test
    public final void itsPropertiesHoldWhereASourceReachesNobodyAndCrashes() {
        ScenarioSeeds.of(seeds())
                .mustHold(seed -> rested(mesh(seed)
                        .faults(new FaultPlan()
                                .at(Duration.ofMillis(700))
                                .partition("p1", "p2,p3,p4")
                                .at(Duration.ofMillis(1_500))
                                .crash("p1")
                                .at(Duration.ofMillis(1_600))
                                .heal())));
    }
}
