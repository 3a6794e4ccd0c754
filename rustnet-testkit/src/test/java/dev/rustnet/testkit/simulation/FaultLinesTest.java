package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultLinesTest {
    private static final List<String> PROCESSES = List.of("p1", "p2", "p3", "p4");

    @Test
    void everyPlanOfASeedReadsBackAsItWas() {
        RandomFaults faults = RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(15), 3);
        for (long seed = 1; seed <= 300; seed++) {
            FaultPlan plan = faults.plan(seed, PROCESSES);

            assertThat(FaultLines.parse(FaultLines.of(plan), PROCESSES)).hasToString(plan.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at 3s crash p2",
                "at 529476us crash p2 after 2 sends",
                "at 0s crash-host p2",
                "at 9s restart p2",
                "at 3s pause p1",
                "at 3500ms resume p1",
                "at 3s block p2 for 200ms",
                "at 3s skew p2 by -3600s",
                "at 3s partition p1,p2 from p3,p4",
                "at 3s stall p1 from p2",
                "at 3s lose p1 to p2,p3",
                "at 0s crash p2 at event 7",
                "at 9s heal",
                "at 9s heal p1,p2 from p3",
                "at 1ns pause p1",
                "at 3s reset p1 p2",
                "at 3s reset-one-end p1 p2"
            })
    void aLineReadsBackAsItWasWritten(String line) {
        assertThat(FaultLines.of(FaultLines.parse(List.of(line), PROCESSES))).containsExactly(line);
    }

    @Test
    void whatLastsEndsWithALineOfItsOwn() {
        FaultPlan plan = FaultLines.parse(
                List.of("# a comment", "at 2s partition p1 from p2 for 1.5s  # and heal", "", "at 1m pause p3 for 1h"),
                PROCESSES);

        assertThat(FaultLines.of(plan))
                .containsExactly(
                        "at 2s partition p1 from p2",
                        "at 3500ms heal p1 from p2",
                        "at 60s pause p3",
                        "at 3660s resume p3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crash p2 | stands where \"at\" belongs",
                "at soon crash p2 | is no time such as",
                "at -1s crash p2 | cannot be before it",
                "at 3s crush p2 | \"crush\" is none of crash, crash-host",
                "at 3s crash p9 | no process is called \"p9\"; there are p1, p2, p3, p4",
                "at 3s crash | a process is missing",
                "at 3s crash p2 after 0 sends | \"0\" is not a number of sends",
                "at 3s crash p2 at event none | \"none\" is not the number of an event",
                "at 3s crash p2 at once | \"once\" stands where \"event\" belongs",
                "at 3s partition p1,p2 | \"from\" is missing",
                "at 3s partition p1, from p2 | no process is called \"\"",
                "at 3s heal everything | no process is called \"everything\"",
                "at 3s heal p1 | \"from\" is missing",
                "at 3s reset p1 | a process is missing"
            })
    void whatIsNoLineIsSaid(String line, String sentence) {
        assertThatThrownBy(() -> FaultLines.parse(List.of(line), PROCESSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + line + "\": ")
                .hasMessageContaining(sentence);
    }
}
