package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.core.plan.StartPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    @Test
    void printsTheOrderWithTheReasonForEachEdgeAndWhatDoesNotStart() {
        StartPlan plan = new StartPlan(
                List.of(
                        new StartPlan.Step("detector", "a.Detector", "detector.jar", List.of("FailureDetector")),
                        new StartPlan.Step("broadcast", "a.Broadcast", "broadcast.jar", List.of())),
                List.of(new StartPlan.Edge("broadcast", "detector", "FailureDetector", false)),
                List.of(new StartPlan.Left("workload", "workload.jar", "enabled = false (reference.conf:3)")));
        StringWriter out = new StringWriter();

        ExplainCommand.print(plan, new PrintWriter(out, true));

        assertThat(out.toString().replace(System.lineSeparator(), "\n")).isEqualTo("""
                        Components start in this order and stop in reverse:

                         1. detector   (detector.jar)
                            provides FailureDetector

                         2. broadcast   (broadcast.jar)
                            after detector, because it requires FailureDetector

                        Found, and not started:
                            workload   (workload.jar): enabled = false (reference.conf:3)
                        """);
    }
}
