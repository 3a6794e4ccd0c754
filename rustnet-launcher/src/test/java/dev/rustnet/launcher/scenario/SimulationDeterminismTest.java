package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.launcher.endtoend.Jdk25;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.Divergence;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
                    .as(() -> Divergence.find(() -> mesh(run.seed()), SimulationDeterminismTest::drive)
                                    .map(Divergence::toString)
                                    .orElse("two runs differ, and two others did not")
                            + "\n" + run.report())
                    .isEqualTo(run.trace().hash());
            assertThat(run.trace().count()).isGreaterThan(1_000);
            hashes.add(run.trace().hash());
        }
        assertThat(hashes).hasSize(SEEDS);
    }

    /** Each JVM has hash codes of its own, which nothing may depend on, and each JDK its own library. */
    @Test
    void anotherJvmOnAnotherJdkGivesTheSameRuns() throws Exception {
        Optional<Path> jdk = Jdk25.home();
        assumeTrue(jdk.isPresent(), "no JDK 25 on this machine");

        Process other = new ProcessBuilder(
                        jdk.orElseThrow().resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TraceHashes.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> hashes = other.inputReader().lines().toList();

        assertThat(other.waitFor()).isZero();
        assertThat(hashes).isEqualTo(TraceHashes.lines());
    }

    static Simulation run(long seed) {
        Simulation run = mesh(seed).build();
        drive(run);
        return run;
    }

    private static SimulationBuilder mesh(long seed) {
        return Simulation.of(4)
                .seed(seed)
                .network(NetworkOptions.rough())
                .config(WORKLOAD)
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(10), 1))
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, 20));
    }

    private static void drive(Simulation run) {
        run.runFor(Duration.ofSeconds(20));
    }
}
