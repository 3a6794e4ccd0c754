package dev.rustnet.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoPlanTest {
    @Test
    void spreadsTheOutagesEvenlyOverTheStream() {
        assertThat(plan(200, List.of("third")).outages()).containsExactly(new DemoPlan.Outage("third", 50, 150));
        assertThat(plan(70, List.of("third", "first")).outages())
                .containsExactly(new DemoPlan.Outage("third", 10, 30), new DemoPlan.Outage("first", 40, 60));
        assertThat(plan(10, List.of()).outages()).isEmpty();
    }

    @Test
    void shipsTwoHundredLines() {
        InputLines shipped = InputLines.shipped(Integer.MAX_VALUE);

        assertThat(shipped.lines()).hasSize(200).startsWith("\"Just the place for a Snark!\" the Bellman cried,");
        assertThat(InputLines.shipped(7).lines()).hasSize(7);
    }

    private static DemoPlan plan(int lines, List<String> victims) {
        List<String> input =
                IntStream.range(0, lines).mapToObj(Integer::toString).toList();
        return new DemoPlan(DemoPlan.names(4), victims, new InputLines("test", input));
    }
}
