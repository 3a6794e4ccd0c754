package dev.rustnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.node.Node;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @Test
    void printsTheOrderWithTheReasonForEachEdgeAndWhatDoesNotStart() {
        StartPlan plan = new StartPlan(
                List.of(
                        new StartPlan.Step("detector", "a.Detector", "detector.jar", List.of("FailureDetector")),
                        new StartPlan.Step("broadcast", "a.Broadcast", "broadcast.jar", List.of())),
                List.of(new StartPlan.Edge("broadcast", "detector", "FailureDetector", false)),
                List.of(new StartPlan.Left("workload", "workload.jar", "enabled = false (reference.conf:3)")),
                List.of());
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

    @Test
    void printsWhatABroadcastGuaranteesOnWhichAssumptionsAndHowManyCrashesItSurvives() {
        StartPlan.Condition majority = new StartPlan.Condition(
                "a majority of correct processes", "fewer than half crash", "uniform", Optional.empty(), 1, 1);
        StartPlan.Condition room = new StartPlan.Condition(
                "nobody is gone for good", "what is kept has an end", "members", Optional.empty(), 4, 0);
        StartPlan.Condition detection = new StartPlan.Condition(
                "failure detection", "crashes are noticed", "uniform", Optional.of("detector"), 4, 4);
        StringWriter out = new StringWriter();

        PromiseText.print(
                List.of(
                        new StartPlan.Promise(
                                "UniformReliableBroadcast",
                                "uniform",
                                List.of("URB1 validity", "URB4 uniform agreement"),
                                List.of(majority, room),
                                4,
                                1,
                                0),
                        new StartPlan.Promise("BestEffortBroadcast", "basic", List.of(), List.of(detection), 4, 4, 4)),
                new PrintWriter(out, true));

        assertThat(out.toString().replace(System.lineSeparator(), "\n")).isEqualTo("""

                        What the broadcasts guarantee, as long as what they assume is true:

                            UniformReliableBroadcast, by uniform
                                guarantees  URB1 validity, URB4 uniform agreement
                                assumes     a majority of correct processes (uniform): fewer than half crash
                                assumes     nobody is gone for good (members): what is kept has an end
                                survives    1 of 4 crashes, because it assumes a majority of correct processes
                                for good    0 of 4 crashes, because it assumes nobody is gone for good

                            BestEffortBroadcast, by basic
                                assumes     failure detection (uniform), which detector provides: crashes are noticed
                                survives    any number of crashes
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 0, 4, 0",
        "'rustnet.components.uniform-reliable-broadcast.commit = majority', 1, 0, 4, 0",
        "'rustnet.components.failure-detector.assume-synchrony = true', 4, 4, 4, 4",
        "'rustnet.components { failure-detector.assume-synchrony = true, uniform-reliable-broadcast.commit = majority }', 1, 1, 4, 4",
        "'rustnet.services.group-membership = group-membership', 1, 1, 1, 1",
        "'rustnet { services.group-membership = group-membership, components.failure-detector.assume-synchrony = true }', 1, 1, 1, 1",
    })
    void theComponentsOfTheDistributionSayHowManyOfFourMayCrash(
            String settings, int uniform, int uniformForGood, int reliable, int reliableForGood) {
        StartPlan plan = Node.builder(ConfigFactory.parseString(settings)
                        .withFallback(ConfigFactory.parseString("rustnet.node.name = a")))
                .peers("a@127.0.0.1:1", "b@127.0.0.1:2", "c@127.0.0.1:3", "d@127.0.0.1:4")
                .plan();

        assertThat(plan.promises())
                .extracting(promise -> promise.service() + " " + promise.crashes() + " " + promise.crashesForGood())
                .containsExactlyInAnyOrder(
                        "BestEffortBroadcast " + reliable + " " + reliableForGood,
                        "ReliableBroadcast " + reliable + " " + reliableForGood,
                        "UniformReliableBroadcast " + uniform + " " + uniformForGood,
                        "CausalBroadcast " + uniform + " " + uniformForGood);
        assertThat(plan.promises())
                .allSatisfy(promise -> assertThat(promise.guarantees()).contains("FRB5 FIFO delivery"));
    }
}
