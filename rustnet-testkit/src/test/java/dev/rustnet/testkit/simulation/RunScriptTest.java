package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shrinker does to a script, without any run. */
final class RunScriptTest {
    @Test
    void withoutAProcessThoseAfterItMoveUpAndFaultsFollowThem() {
        RunScript script = script(
                4,
                "at 1s crash p2",
                "at 2s partition p1,p2 from p3,p4",
                "at 3s heal",
                "at 4s stall p2 from p3",
                "at 5s lose p4 to p1,p2",
                "at 6s reset p2 p3",
                "at 7s reset-one-end p4 p1",
                "at 8s pause p3",
                "at 9s crash p4 after 3 sends",
                "at 10s block p2 for 5ms",
                "at 11s skew p3 by 1s",
                "at 12s heal p1,p2 from p3,p4",
                "at 13s heal p1 from p2",
                "at 14s crash p3 at event 5");

        RunScript without = WithoutProcess.of(script.withMessages(List.of(1, 2, 3, 4)), 1);

        assertThat(without.processes()).isEqualTo(3);
        assertThat(without.messages()).containsExactly(1, 3, 4);
        assertThat(FaultLines.of(without.faults()))
                .containsExactly(
                        "at 2s partition p1 from p2,p3",
                        "at 3s heal",
                        "at 5s lose p3 to p1",
                        "at 7s reset-one-end p3 p1",
                        "at 8s pause p2",
                        "at 9s crash p3 after 3 sends",
                        "at 11s skew p2 by 1s",
                        "at 12s heal p1 from p2,p3",
                        "at 14s crash p2 at event 5");
    }

    @Test
    void namesKeepTheNumberOfDigitsThatTheirRunHas() {
        RunScript ten = script(10, "at 1s crash p10", "at 1s pause p02");

        assertThat(FaultLines.of(WithoutProcess.of(ten, 0).faults()))
                .containsExactly("at 1s crash p9", "at 1s pause p1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at 1s pause p1; at 3s resume p1 | at 1s pause p1; at 2s resume p1 | true",
                "at 1s pause p1; at 2s resume p1 | at 1s pause p1; at 3s resume p1 | false",
                "at 1s pause p1; at 2s resume p1 | at 1s pause p1 | false",
                "at 1s pause p1; at 2s resume p1 | at 1s pause p1; at 2s resume p2 | false",
                "at 1s pause p1; at 2s crash p1 | at 1s pause p1; at 2s resume p1 | true",
                "at 1s partition p1 from p2; at 3s heal | at 1s lose p1 to p2; at 2s heal | true",
                "at 1s partition p1 from p2; at 3s heal | at 1s partition p1 from p2 | false",
                "at 1s partition p1 from p2 for 2s | at 1s partition p1 from p2 for 1s | true",
                "at 1s partition p1 from p2 for 1s | at 1s partition p1 from p2 for 2s | false",
                "at 1s partition p1 from p2; at 3s heal | at 1s partition p1 from p2; at 2s heal p1 from p3 | false",
                "at 1s crash p1 | at 1s crash-host p1 | true",
                "at 1s crash p1 | at 1s crash p1; at 1s crash p2 at event 3 | false",
                "at 1s crash p1 | at 1s crash p1; at 1s crash p2 | false",
                "at 1s crash p1; at 2s restart p1 | at 1s crash p1 | true",
                "at 1s crash p1 | at 1s crash p1; at 2s restart p1 | false",
            })
    void whatAsksForMoreOfTheAssumptionsIsTold(String plan, String other, boolean covers) {
        Severity severity = Severity.of(script(4, plan.split(";")));

        assertThat(severity.covers(Severity.of(script(4, other.split(";"))))).isEqualTo(covers);
    }

    @Test
    void thePlainestFaultComesFirst() {
        assertThat(plainer("at 1s crash p1 after 3 sends"))
                .containsExactly("crash(\"p1\")", "crashAfterSends(\"p1\", 1)", "crashAfterSends(\"p1\", 2)");
        assertThat(plainer("at 1s crash p1 at event 2")).containsExactly("crash(\"p1\")", "crashAtEvent(\"p1\", 1)");
        assertThat(plainer("at 1s crash-host p1")).containsExactly("crash(\"p1\")");
        assertThat(plainer("at 1s crash p1")).isEmpty();
        assertThat(plainer("at 1s reset-one-end p1 p2")).containsExactly("reset(\"p1\", \"p2\")");
        assertThat(plainer("at 1s stall p1,p2 from p3"))
                .containsExactly("stall(\"p2\", \"p3\")", "stall(\"p1\", \"p3\")");
        assertThat(plainer("at 1s lose p1 to p2,p3"))
                .containsExactly("loseOneWay(\"p1\", \"p3\")", "loseOneWay(\"p1\", \"p2\")");
    }

    @Test
    void itsSizeIsInWords() {
        assertThat(script(3, "at 1s crash p1").withMessages(List.of(1, 0, 0)).size())
                .isEqualTo("3 processes, 1 message, 1 fault");
    }

    private static List<String> plainer(String line) {
        Fault fault = script(4, line).faults().entries().get(0).fault();
        return PlainerFaults.than(fault).stream().map(Fault::toString).toList();
    }

    private static RunScript script(int processes, String... lines) {
        return new RunScript(
                processes,
                1,
                Collections.nCopies(processes, 5),
                FaultLines.parse(List.of(lines), SimulationBuilder.namesOf(processes)),
                NetworkOptions.lan(),
                Duration.ofMillis(100));
    }
}
