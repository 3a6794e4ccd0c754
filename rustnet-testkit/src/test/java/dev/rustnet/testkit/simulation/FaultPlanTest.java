package dev.rustnet.testkit.simulation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void itsTextSaysTimesExactly() {
        FaultPlan plan = new FaultPlan()
                .at(Duration.ofNanos(1_500_000_001))
                .block("p1", Duration.ofNanos(200_001))
                .at(2, SECONDS)
                .skew("p2", Duration.ofMillis(-1_500));

        assertThat(plan).hasToString("""
                        new FaultPlan()
                            .at(1500000001, NANOSECONDS).block("p1", Duration.ofNanos(200001))
                            .at(2000000, MICROSECONDS).skew("p2", Duration.ofMillis(-1500))""");
    }

    @Test
    void aPlanIsItsEntries() {
        FaultPlan plan = new FaultPlan()
                .at(3, SECONDS)
                .crashAtEvent("p2", 7)
                .at(4, SECONDS)
                .partition("p1,p2", "p3")
                .lasting(5, SECONDS);

        List<FaultPlan.Entry> entries = List.copyOf(plan.entries());
        FaultPlan same = FaultPlan.of(entries);
        plan.at(6, SECONDS).heal();

        assertThat(entries)
                .containsExactly(
                        new FaultPlan.Entry(3_000_000_000L, new Fault.CrashAtEvent("p2", 7)),
                        new FaultPlan.Entry(4_000_000_000L, new Fault.Partition("p1,p2", "p3", false)),
                        new FaultPlan.Entry(9_000_000_000L, new Fault.HealBetween("p1,p2", "p3")));
        assertThat(same.entries()).isEqualTo(entries);
        plan.entries().remove(3);
        assertThat(plan).hasToString(same.toString());
        assertThatThrownBy(() -> new FaultPlan.Entry(-1, new Fault.Heal()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before the start of the run");
    }

    @Test
    void whatLastsEndsForThoseProcessesAlone() {
        FaultPlan plan = new FaultPlan()
                .at(1, SECONDS)
                .stall("p1", "p2")
                .lasting(2, SECONDS)
                .at(1, SECONDS)
                .loseOneWay("p3", "p4")
                .lasting(3, SECONDS)
                .at(1, SECONDS)
                .pause("p2")
                .lasting(Duration.ofMillis(500));

        assertThat(FaultLines.of(plan))
                .containsExactly(
                        "at 1s stall p1 from p2",
                        "at 1s lose p3 to p4",
                        "at 1s pause p2",
                        "at 1500ms resume p2",
                        "at 3s heal p1 from p2",
                        "at 4s heal p3 from p4");
        assertThatThrownBy(() -> plan.at(5, SECONDS).crash("p1").lasting(1, SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not crash(\"p1\")");
        assertThatThrownBy(() -> new FaultPlan().lasting(1, SECONDS)).hasMessageContaining("not an empty plan");
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
