package dev.rustnet.plugins.workload;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.events.EventLogFormat;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole nodes whose only user is the workload. */
class WorkloadSimulationTest {
    private static SimulationBuilder mesh(String settings) {
        return Simulation.of(4)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new StaticMembershipComponent(),
                        new UniformReliableBroadcastComponent(),
                        new WorkloadComponent()))
                .config("rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }")
                .config(
                        "rustnet.components.workload { enabled = true, messages = 300, payload-bytes = 100, start-when = 3,"
                                + " log = events.log }")
                .config(settings);
    }

    private static List<String> lines(SimulatedProcess process, char kind) {
        return process.file("events.log").stream()
                .filter(line -> line.charAt(0) == kind)
                .toList();
    }

    @Test
    void everyMessageIsLoggedOnceByItsSourceAndDeliveredByEverybodyInOrder() {
        Simulation run = mesh("").build();

        run.runFor(Duration.ofSeconds(30));

        for (SimulatedProcess process : run.processes()) {
            assertThat(process.file("events.log")).startsWith("v 1 1 2 3 4").allSatisfy(EventLogFormat::parse);
            assertThat(lines(process, 'b'))
                    .as(run.report())
                    .isEqualTo(IntStream.rangeClosed(1, 300)
                            .mapToObj(seq -> "b " + seq)
                            .toList());
            for (int sender = 1; sender <= 4; sender++) {
                String prefix = "d " + sender + " ";
                assertThat(lines(process, 'd').stream()
                                .filter(line -> line.startsWith(prefix))
                                .map(line -> line.substring(prefix.length()))
                                .collect(Collectors.joining(" ")))
                        .isEqualTo(IntStream.rangeClosed(1, 300)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(" ")));
            }
            assertThat(process.log()).anySatisfy(line -> assertThat(line)
                    .contains("done: broadcast 300, delivered 1200 in ")
                    .contains(" p99 "));
        }
    }

    @Test
    void theIdsSayWhoTheNumbersAre() {
        Simulation run = mesh("").build();

        run.runFor(Duration.ofSeconds(5));

        List<String> ids = run.process("p3").file("events.log.ids");
        assertThat(ids)
                .startsWith(
                        "writer 3", "3 p3 " + run.process("p3").node().self().incarnation());
        assertThat(ids.subList(2, ids.size()))
                .containsExactlyInAnyOrder(
                        "1 p1 " + run.process("p1").node().self().incarnation(),
                        "2 p2 " + run.process("p2").node().self().incarnation(),
                        "4 p4 " + run.process("p4").node().self().incarnation());
    }

    @Test
    void tinyWindowsSlowItDownAndNothingElse() {
        Simulation run =
                mesh("rustnet.components.uniform-reliable-broadcast { window-messages = 2, window-bytes = 1KiB }")
                        .build();

        run.runFor(Duration.ofMinutes(2));

        for (SimulatedProcess process : run.processes()) {
            assertThat(lines(process, 'b')).as(run.report()).hasSize(300);
            assertThat(lines(process, 'd')).as(run.report()).hasSize(1200);
        }
    }

    @Test
    void suspicionsAndRestorationsAreLogged() {
        Simulation run = mesh("").faults(new FaultPlan()
                        .at(5, SECONDS)
                        .pause("p1")
                        .at(11, SECONDS)
                        .resume("p1"))
                .build();

        run.runFor(Duration.ofSeconds(20));

        for (String other : List.of("p2", "p3", "p4")) {
            assertThat(lines(run.process(other), 'x')).containsExactly("x 1");
            assertThat(lines(run.process(other), 'r')).containsExactly("r 1");
        }
        assertThat(lines(run.process("p1"), 'x')).isEmpty();
    }

    @Test
    void withAPerfectDetectorCrashesAloneAreLogged() {
        Simulation run = mesh("rustnet.components.failure-detector.assume-synchrony = true")
                .faults(new FaultPlan()
                        .at(800, MILLISECONDS)
                        .reset("p2", "p3")
                        .at(5, SECONDS)
                        .crash("p1"))
                .build();

        run.runFor(Duration.ofSeconds(20));

        for (String other : List.of("p2", "p3", "p4")) {
            assertThat(lines(run.process(other), 'x')).containsExactly("x 1");
            assertThat(lines(run.process(other), 'r')).isEmpty();
        }
    }

    @Test
    void aRestartedProcessLeavesTheOldLogAloneAndEndsItsOwnWhenItIsRefused() {
        Simulation run = mesh("").faults(new FaultPlan()
                        .at(5, SECONDS)
                        .crash("p1")
                        .at(6, SECONDS)
                        .restart("p1"))
                .mayStop()
                .build();
        run.runFor(Duration.ofSeconds(5).minusNanos(1));
        List<String> before = List.copyOf(run.process("p1").file("events.log"));

        run.runFor(Duration.ofSeconds(20));

        assertThat(run.process("p1").file("events.log")).isEqualTo(before);
        assertThat(run.process("p1").file("events.log.1")).containsExactly("v 1 1 2 3 4", "e");
        assertThat(run.process("p1").file("events.log.1.ids")).startsWith("writer 1");
    }
}
