package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.junit.WithoutShrinking;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What makes a node stop must not hide behind "it crashed, so it owes nothing". */
@ExtendWith(WithoutShrinking.class)
final class UnplannedStopTest {
    @Test
    void aNodeThatStopsByItselfSpoilsTheVerdict() {
        assertThatThrownBy(() -> ScenarioSeeds.of(1).mustHold(seed -> rested(scenario(seed))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement: inconclusive: p3 stopped by itself")
                .hasMessageContaining("run again with -Drustnet.seed=");
    }

    @Test
    void unlessTheScenarioSaysThatItMay() {
        Simulation run = rested(scenario(1).mayStop());

        assertThat(run.verdict().holds()).as(run.report()).isTrue();
    }

    @Test
    void aTwinThatPassesProvesNothing() {
        assertThatThrownBy(() -> ScenarioSeeds.of(1)
                        .mustFail(seed -> rested(scenario(seed).mayStop())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("this scenario proves nothing");
    }

    private static SimulationBuilder scenario(long seed) {
        return Simulation.of(3)
                .seed(seed)
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(BroadcastLoad.of(ReliableBroadcast.class, 10))
                .onBuild(process -> {
                    if (process.name().equals("p3")) {
                        process.after(
                                Duration.ofSeconds(2), () -> process.node().close());
                    }
                });
    }

    private static Simulation rested(SimulationBuilder scenario) {
        Simulation run = scenario.build();
        run.runUntilQuiet(Duration.ofSeconds(20), Duration.ofMinutes(2));
        return run;
    }
}
