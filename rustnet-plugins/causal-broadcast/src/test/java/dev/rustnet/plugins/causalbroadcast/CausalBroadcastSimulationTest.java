package dev.rustnet.plugins.causalbroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.lamportclock.LamportClockComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.plugins.vectorclock.VectorClockComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Whole nodes, 3 to 7 of them, each link with a delay of its own from the seed, with crashes, restarts and resets; and the
 * same without causal order, which must fail.
 */
class CausalBroadcastSimulationTest {
    /** 1,000 in an endurance run. */
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(Boolean.getBoolean("rustnet.endurance") ? 200 : 40);

    private static final Duration REST = Duration.ofSeconds(12);
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final NetworkOptions DELAYS =
            NetworkOptions.rough().withDelays(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(120));

    /** What goes below, and by what the whole is judged. */
    private record Over(Class<? extends Broadcast> service, String word, PropertySet properties) {
        static final Over RELIABLE =
                new Over(ReliableBroadcast.class, "reliable-broadcast", PropertySet.CAUSAL_BROADCAST);
        static final Over UNIFORM = new Over(
                UniformReliableBroadcast.class, "uniform-reliable-broadcast", PropertySet.UNIFORM_CAUSAL_BROADCAST);
        static final List<Over> BOTH = List.of(RELIABLE, UNIFORM);

        NetComponent twin() {
            return new FifoOnly(service);
        }
    }

    private static SimulationBuilder mesh(int processes, long seed, Over over, Supplier<NetComponent> causal) {
        NetComponent named = causal.get();
        return Simulation.of(processes)
                .seed(seed)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new StaticMembershipComponent(),
                        new ReliableBroadcastComponent(),
                        new UniformReliableBroadcastComponent(),
                        new VectorClockComponent(),
                        new LamportClockComponent(),
                        causal.get()))
                .config("rustnet.components { failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n"
                        + "vector-clock.enabled = true, lamport-clock.enabled = true\n"
                        + (named instanceof CausalBroadcastComponent
                                ? "causal-broadcast.over = " + over.word + "\n"
                                : "")
                        + "}")
                .check(over.properties);
    }

    private static Simulation quiet(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    private static Simulation delays(long seed, Over over, Supplier<NetComponent> causal) {
        int processes = 3 + (int) (seed % 5);
        SimulationBuilder builder = mesh(processes, seed, over, causal)
                .network(DELAYS)
                .mayStop()
                .load(BroadcastLoad.of(CausalBroadcast.class, 20).every(Duration.ofMillis(150)))
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(6), (processes - 1) / 2));
        return quiet(builder);
    }

    private static Simulation restart(long seed, Over over, Supplier<NetComponent> causal) {
        int processes = 3 + (int) (seed % 5);
        return quiet(mesh(processes, seed, over, causal)
                .network(DELAYS)
                .mayStop()
                .load(BroadcastLoad.of(CausalBroadcast.class, 20).every(Duration.ofMillis(150)))
                .faults(new FaultPlan()
                        .at(900 + seed % 1000, MILLISECONDS)
                        .reset("p2", "p3")
                        .at(1000 + seed % 700, MILLISECONDS)
                        .crash("p1")
                        .at(4, SECONDS)
                        .restart("p1")));
    }

    /** The question does not reach the third process before the answer does. */
    private static Simulation triangle(long seed, Over over, Supplier<NetComponent> causal) {
        return quiet(mesh(3, seed, over, causal)
                .load(new TriangleLoad(Duration.ofSeconds(1)))
                .faults(new FaultPlan()
                        .at(900, MILLISECONDS)
                        .stall("p1", "p3")
                        .at(1800, MILLISECONDS)
                        .heal()));
    }

    @Test
    void holdsOverReliableBroadcastWhateverTheDelays() {
        SEEDS.mustHold(seed -> delays(seed, Over.RELIABLE, CausalBroadcastComponent::new));
    }

    @Test
    void holdsOverUniformReliableBroadcastWhateverTheDelays() {
        SEEDS.mustHold(seed -> delays(seed, Over.UNIFORM, CausalBroadcastComponent::new));
    }

    @Test
    void fifoOrderAloneFailsWithSomeDelays() {
        for (Over over : Over.BOTH) {
            assertThat(SEEDS.mustFail(seed -> delays(seed, over, over::twin)).property())
                    .isEqualTo(Property.CRB5);
        }
    }

    @Test
    void holdsWhenAProcessCrashesAndRestarts() {
        for (Over over : Over.BOTH) {
            ScenarioSeeds.of(10).mustHold(seed -> restart(seed, over, CausalBroadcastComponent::new));
        }
    }

    @Test
    void theAnswerWaitsForTheQuestion() {
        for (Over over : Over.BOTH) {
            ScenarioSeeds.of(10).mustHold(seed -> triangle(seed, over, CausalBroadcastComponent::new));
        }
    }

    @Test
    void withFifoOrderAloneTheAnswerComesBeforeTheQuestion() {
        assertThat(ScenarioSeeds.of(10)
                        .mustFail(seed -> triangle(seed, Over.RELIABLE, Over.RELIABLE::twin))
                        .property())
                .isEqualTo(Property.CRB5);
    }

    @Test
    void theVectorClockTicksAtEveryHeartbeatRateAndDeliveriesGoOn() {
        ScenarioSeeds.of(5).mustHold(seed -> {
            Simulation run = mesh(3, seed, Over.UNIFORM, CausalBroadcastComponent::new)
                    .config("rustnet.components.failure-detector { heartbeat-interval = 10ms, timeout = 1s }")
                    .config("rustnet.components.vector-clock.export = events")
                    .network(DELAYS)
                    .load(BroadcastLoad.of(CausalBroadcast.class, 200).every(Duration.ofMillis(20)))
                    .build();
            run.runUntilQuiet(REST, DEADLINE);
            return run;
        });
    }
}
