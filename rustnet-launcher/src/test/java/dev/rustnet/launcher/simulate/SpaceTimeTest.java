package dev.rustnet.launcher.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.diagram.SpaceTime;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.BandKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import dev.rustnet.testkit.diagram.SpaceTimeRecorder;
import dev.rustnet.testkit.simulation.RunTally;
import dev.rustnet.testkit.simulation.Simulation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The diagram of a run tells that run: with the components of the distribution, under every kind of fault. */
final class SpaceTimeTest {
    private static final Scenario RELIABLE =
            Scenario.of(ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, 4, 30, 1, true);

    @Test
    void everyDeliveryFromAnotherProcessFollowsTheArrivalOfAFrameThatCarriesTheMessage() {
        SpaceTime diagram = diagram(RELIABLE, 3);

        Set<String> brought = new HashSet<>();
        Map<Integer, Arrow> byReceipt = new java.util.HashMap<>();
        diagram.arrows().stream().filter(Arrow::arrived).forEach(arrow -> byReceipt.put(arrow.to(), arrow));
        int deliveries = 0;
        for (Point point : diagram.points()) {
            String process = diagram.processes().get(point.process());
            Arrow arrow = byReceipt.get(point.id());
            if (arrow != null) {
                arrow.messages().forEach(message -> brought.add(process + " has " + message));
            }
            if (point.kind() == PointKind.DELIVER && !point.message().startsWith(process + "#")) {
                assertThat(brought).as(point.text()).contains(process + " has " + point.message());
                deliveries++;
            }
        }
        assertThat(deliveries).isGreaterThan(200);
    }

    @Test
    void causesComeBeforeTheirEffects() {
        SpaceTime diagram = diagram(RELIABLE, 4);

        assertThat(diagram.points()).isSortedAccordingTo(java.util.Comparator.comparingLong(Point::atNanos));
        for (Arrow arrow : diagram.arrows()) {
            assertThat(diagram.points().get(arrow.from()).kind()).isEqualTo(PointKind.FRAME_SENT);
            if (arrow.arrived()) {
                assertThat(arrow.to()).isGreaterThan(arrow.from());
                assertThat(diagram.points().get(arrow.to()).kind()).isEqualTo(PointKind.FRAME_RECEIVED);
                assertThat(diagram.points().get(arrow.to()).process()).isEqualTo(arrow.target());
            }
        }
    }

    @Test
    void faultsAndRelaysAreSeen() {
        Set<BandKind> bands = new HashSet<>();
        Set<ArrowKind> arrows = new HashSet<>();
        boolean lost = false;
        for (long seed = 1; seed <= 8; seed++) {
            SpaceTime diagram = diagram(RELIABLE, seed);
            diagram.bands().forEach(band -> bands.add(band.kind()));
            diagram.arrows().forEach(arrow -> arrows.add(arrow.kind()));
            lost |= diagram.arrows().stream().anyMatch(arrow -> arrow.lostNanos() >= 0);
            assertThat(diagram.points()).anyMatch(point -> point.kind() == PointKind.CRASH);
            assertThat(diagram.arrows())
                    .as("a frame that could not be read")
                    .noneMatch(arrow -> arrow.parts().toString().contains("cut short"));
        }
        assertThat(bands).containsExactlyInAnyOrder(BandKind.values());
        assertThat(arrows).containsExactlyInAnyOrder(ArrowKind.values());
        assertThat(lost).isTrue();
    }

    @Test
    void watchingChangesNothing() {
        Simulation watched = RELIABLE.run(5, new SpaceTimeRecorder());
        Simulation tallied = RELIABLE.run(5, new RunTally());

        assertThat(watched.trace().hash()).isEqualTo(tallied.trace().hash());
    }

    @Test
    void theTallyCountsWhatTheRunHasExercised() {
        RunTally tally = new RunTally();
        Simulation run = RELIABLE.run(5, tally);

        assertThat(RunTally.KINDS).containsAll(tally.counts().keySet());
        assertThat(tally.counts()).containsEntry("crashes", 1L).containsEntry("starts", 4L);
        assertThat(tally.counts().get("broadcasts")).isEqualTo(run.verdict().broadcasts());
        assertThat(tally.counts().get("deliveries")).isEqualTo(run.verdict().deliveries());
    }

    @Test
    void exactlyAsManyProcessesCrashAsWereAskedFor() {
        Scenario scenario = Scenario.of(BestEffortBroadcast.class, PropertySet.BEST_EFFORT_BROADCAST, 5, 30, 3, false);
        for (long seed = 1; seed <= 10; seed++) {
            List<Point> crashes = diagram(scenario, seed).points().stream()
                    .filter(point -> point.kind() == PointKind.CRASH)
                    .toList();
            assertThat(crashes).hasSize(3);
        }
    }

    private static SpaceTime diagram(Scenario scenario, long seed) {
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        return recorder.of(scenario.run(seed, recorder), "a run", "rustnet simulate");
    }
}
