package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One seed is one run, with every component of the distribution at work, the workload's own log included. */
final class SimulationDeterminismTest {
    private static final int SEEDS = 20;
    private static final String WORKLOAD = """
            rustnet.components.workload { enabled = true, over = reliable-broadcast, messages = 20, rate = 10, start-when = 3 }
            """;

    @Test
    void theSameSeedGivesTheSameRunAndAnotherOneAnother() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation run = run(seed);

            assertThat(run(seed).trace().hash())
                    .as(run.report())
                    .isEqualTo(run.trace().hash());
            assertThat(run.trace().count()).isGreaterThan(1_000);
            hashes.add(run.trace().hash());
        }
        assertThat(hashes).hasSize(SEEDS);
    }

    private static Simulation run(long seed) {
        Simulation run = Simulation.of(4)
                .seed(seed)
                .network(NetworkOptions.rough())
                .config(WORKLOAD)
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(10), 1))
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, 20))
                .build();
        run.runFor(Duration.ofSeconds(20));
        return run;
    }
}
