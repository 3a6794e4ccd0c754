package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.events.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SketchesTest {
    private static final int MANY = 300;
    private static final Sketches.Size SIZE = new Sketches.Size(3, 2);

    private final RunScript whole = new RunScript(
            5,
            7,
            List.of(20, 20, 20, 20, 20),
            new FaultPlan()
                    .at(Duration.ofSeconds(9))
                    .heal()
                    .at(Duration.ofSeconds(1))
                    .partition("p1,p2", "p3,p4,p5")
                    .at(Duration.ofSeconds(3))
                    .heal()
                    .at(Duration.ofSeconds(2))
                    .pause("p3")
                    .at(Duration.ofSeconds(4))
                    .resume("p3")
                    .at(Duration.ofSeconds(5))
                    .crashAfterSends("p4", 6)
                    .at(Duration.ofSeconds(6))
                    .restart("p4")
                    .at(Duration.ofSeconds(7))
                    .reset("p1", "p5"),
            NetworkOptions.rough(),
            Duration.ofSeconds(2));

    @Test
    void asksForNoMoreThanTheSizeAndTheWholeRun() {
        Set<Class<?>> kinds = new HashSet<>();
        for (RunScript sketch : sketches(new Sketches(whole))) {
            assertThat(sketch.processes()).isEqualTo(3);
            assertThat(sketch.messages()).hasSize(3);
            assertThat(Collections.max(sketch.messages())).isEqualTo(2);
            assertThat(sketch.startSpread()).isLessThanOrEqualTo(whole.startSpread());
            assertThat(Severity.of(whole).longestCutNanos())
                    .isGreaterThanOrEqualTo(Severity.of(sketch).longestCutNanos());
            assertThat(Severity.of(whole).longestPauseNanos())
                    .isGreaterThanOrEqualTo(Severity.of(sketch).longestPauseNanos());
            sketch.faults().entries().forEach(entry -> kinds.add(entry.fault().getClass()));
        }

        assertThat(kinds)
                .isEqualTo(Set.of(
                        Fault.Partition.class,
                        Fault.Heal.class,
                        Fault.Pause.class,
                        Fault.Resume.class,
                        Fault.Crash.class,
                        Fault.Restart.class,
                        Fault.Reset.class));
    }

    @Test
    void theSameRunHasTheSameSketches() {
        List<RunScript> once = sketches(new Sketches(whole));
        List<RunScript> again = sketches(new Sketches(whole));

        for (int i = 0; i < MANY; i++) {
            assertThat(once.get(i).isLike(again.get(i))).isTrue();
            assertThat(once.get(i).seed()).isEqualTo(again.get(i).seed());
        }
    }

    @Test
    void faultsBeginAroundTheTimeWhenThingsHappen() {
        Sketches sketches = new Sketches(whole);
        assertThat(sketches.quiet(SIZE).faults().entries()).isEmpty();
        sketches.event("p1", 1, new Event.Broadcast(1), Duration.ofSeconds(100).toNanos());
        sketches.event("p1", 1, new Event.Broadcast(2), Duration.ofSeconds(101).toNanos());

        for (RunScript sketch : sketches(sketches)) {
            for (FaultPlan.Entry entry : sketch.faults()
                    .byTime()
                    .subList(0, Math.min(1, sketch.faults().entries().size()))) {
                assertThat(Duration.ofNanos(entry.atNanos()))
                        .isBetween(Duration.ofSeconds(99), Duration.ofSeconds(102));
            }
        }
    }

    @Test
    void smallOnesComeFirst() {
        List<Sketches.Size> sizes = Sketches.sizes(whole);

        assertThat(sizes.get(0)).isEqualTo(new Sketches.Size(2, 1));
        assertThat(sizes)
                .contains(new Sketches.Size(5, 16))
                .isSortedAccordingTo((one, other) -> Integer.compare(one.weight(), other.weight()));
    }

    private static List<RunScript> sketches(Sketches sketches) {
        List<RunScript> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(sketches.faulty(SIZE));
        }
        return all;
    }
}
