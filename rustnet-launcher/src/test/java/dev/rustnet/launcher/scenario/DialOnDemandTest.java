package dev.rustnet.launcher.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Large groups: each process watches a few neighbours, and dials those for whom it has something. */
final class DialOnDemandTest {
    private static final int PROCESSES = 12;
    private static final int NEIGHBOURS = 2;
    private static final String CONFIG = """
            rustnet.link.dial = on-demand
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s, neighbours = 2 }
            rustnet.components { reliable-broadcast.enabled = false, uniform-reliable-broadcast.enabled = false
                causal-broadcast.enabled = false }
            """;

    /** Between whom frames go, and who is suspected by whom. */
    private static final class Watch implements RunObserver {
        private final Set<String> links = new TreeSet<>();
        private final Set<String> suspicions = new TreeSet<>();

        @Override
        public void sent(long frame, String from, String to, long atNanos, ByteBuffer bytes) {
            links.add(from + " " + to);
        }

        @Override
        public void event(String process, int number, Event event, long atNanos) {
            if (event instanceof Event.Suspect suspect) {
                suspicions.add(process + " suspects p" + suspect.peer());
            }
        }
    }

    private static SimulationBuilder group(long seed) {
        return Simulation.of(PROCESSES).seed(seed).config(CONFIG);
    }

    private static SimulationBuilder broadcasts(long seed, int senders) {
        BroadcastLoad load = BroadcastLoad.of(BestEffortBroadcast.class, 20).every(Duration.ofMillis(300));
        return group(seed)
                .network(NetworkOptions.rough())
                .check(PropertySet.BEST_EFFORT_BROADCAST)
                .load(process ->
                        load.withMessages(process.number() <= senders ? 20 : 0).begin(process))
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(8), 1));
    }

    private static Simulation rested(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(Duration.ofSeconds(15), Duration.ofMinutes(4));
        return run;
    }

    @Test
    void whoHasNothingToSayIsConnectedWithNeighboursAlone() {
        Watch watch = new Watch();
        Simulation run = group(1).observe(watch).build();

        run.runFor(Duration.ofSeconds(5));

        assertThat(watch.links)
                .hasSize(PROCESSES * NEIGHBOURS * 2)
                .contains("p01 p02", "p01 p03", "p01 p12", "p01 p11");
        for (SimulatedProcess process : run.processes()) {
            assertThat(process.node().whenJoined()).isDone();
            assertThat(process.log()).isEmpty();
        }
    }

    @Test
    void aBroadcastGoesToEverybody() {
        ScenarioSeeds.of(10, 500).mustHold(seed -> rested(broadcasts(seed, 1)));
        ScenarioSeeds.of(10, 500).mustHold(seed -> rested(broadcasts(seed, PROCESSES)));
    }

    @Test
    void aCrashIsNoticedByThoseThatWatch() {
        Watch watch = new Watch();
        Simulation run = group(1).observe(watch)
                .watchDetector()
                .faults(new FaultPlan().at(3, SECONDS).crash("p05"))
                .build();

        run.runFor(Duration.ofSeconds(10));

        assertThat(watch.suspicions).containsExactly("p03 suspects p5", "p04 suspects p5");
    }

    @Test
    void completenessAtEveryProcessIsNotWhatThatGives() {
        assertThat(ScenarioSeeds.of(1)
                        .mustFail(seed -> rested(group(seed)
                                .faults(new FaultPlan().at(3, SECONDS).crash("p05"))
                                .check(PropertySet.FAILURE_DETECTOR)
                                .onBuild(DetectorWatch::on)))
                        .property())
                .isEqualTo(Property.EPFD1);
    }

    @Test
    void algorithmsThatWaitForWhoeverIsNotSuspectedAreRefused() {
        Simulation run = group(1).config("rustnet.components.reliable-broadcast.enabled = true")
                .build();

        assertThatThrownBy(() -> run.runFor(Duration.ofSeconds(1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("RN-016 reliable-broadcast cannot keep what it guarantees: it assumes eventually"
                        + " perfect failure detection, which failure-detector does not give with neighbours = 2.");
    }
}
