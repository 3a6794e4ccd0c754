package dev.rustnet.testkit.simulation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
    private static final List<String> PROCESSES = List.of("p1", "p2", "p3", "p4");

    @Test
    void itsTextIsTheCodeThatWritesIt() {
        FaultPlan plan = new FaultPlan()
                .at(9, SECONDS)
                .heal()
                .at(3, SECONDS)
                .crashAfterSends("p2", 1)
                .at(Duration.ofMillis(4_500))
                .partition("p1", "p3,p4");

        assertThat(plan).hasToString("""
                        new FaultPlan()
                            .at(3000000, MICROSECONDS).crashAfterSends("p2", 1)
                            .at(4500000, MICROSECONDS).partition("p1", "p3,p4")
                            .at(9000000, MICROSECONDS).heal()""");
        assertThat(plan.end()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aSeedGivesOnePlanInWholeMicrosecondsThatEndsHealed() {
        RandomFaults faults = RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(15), 2);

        for (long seed = 1; seed <= 200; seed++) {
            FaultPlan plan = faults.plan(seed, PROCESSES);

            assertThat(plan).hasToString(faults.plan(seed, PROCESSES).toString());
            assertThat(plan.toString()).endsWith(".at(15000000, MICROSECONDS).heal()");
            assertThat(plan.entries()).allMatch(entry -> entry.atNanos() % 1_000 == 0);
            long crashes = plan.entries().stream()
                    .filter(entry -> entry.fault() instanceof Fault.Crash)
                    .count();
            assertThat(crashes).isLessThanOrEqualTo(2);
        }
    }
}
