package dev.rustnet.testkit.simulation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.testkit.events.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What planned faults do to a run. */
class FaultsTest {
    /** What each process has recorded. */
    private static final class Records implements RunObserver {
        private final Map<String, List<Event>> events = new TreeMap<>();
        private final Map<String, Integer> starts = new TreeMap<>();

        @Override
        public void event(String process, int number, Event event, long atNanos) {
            events.computeIfAbsent(process, unused -> new ArrayList<>()).add(event);
        }

        @Override
        public void started(SimulatedProcess process, long atNanos) {
            starts.merge(process.name(), 1, Integer::sum);
        }

        List<Event> of(String process) {
            return events.getOrDefault(process, List.of());
        }

        long deliveredFrom(String process, int sender) {
            return of(process).stream()
                    .filter(event -> event instanceof Event.Deliver deliver && deliver.sender() == sender)
                    .count();
        }
    }

    private static SimulationBuilder mesh(long seed, Records records) {
        return Simulation.of(4)
                .seed(seed)
                .components(List::of)
                .standIns()
                .load(BroadcastLoad.of(BestEffortBroadcast.class, 10))
                .observe(records);
    }

    @Test
    void aHealingBetweenSomeLeavesOthersCutOff() {
        Records records = new Records();
        Simulation run = mesh(1, records)
                .faults(new FaultPlan()
                        .at(1, MILLISECONDS)
                        .partition("p1", "p2,p3")
                        .at(5, SECONDS)
                        .heal("p2", "p1"))
                .build();

        run.runFor(Duration.ofSeconds(4));
        assertThat(records.deliveredFrom("p2", 1)).isZero();

        run.runFor(Duration.ofSeconds(60));
        assertThat(records.deliveredFrom("p4", 1)).isEqualTo(10);
        assertThat(records.deliveredFrom("p2", 1)).isEqualTo(10);
        assertThat(records.deliveredFrom("p1", 2)).isEqualTo(10);
        assertThat(records.deliveredFrom("p3", 1)).isZero();
        assertThat(records.deliveredFrom("p1", 3)).isZero();
    }

    @Test
    void aPartitionThatLastsIsOverForThoseAlone() {
        Records records = new Records();
        Simulation run = mesh(1, records)
                .faults(new FaultPlan()
                        .at(1, MILLISECONDS)
                        .partition("p1", "p2")
                        .lasting(5, SECONDS)
                        .at(1, MILLISECONDS)
                        .stall("p3", "p4"))
                .build();

        run.runFor(Duration.ofSeconds(60));

        assertThat(records.deliveredFrom("p2", 1)).isEqualTo(10);
        assertThat(records.deliveredFrom("p3", 4)).isZero();
    }

    @Test
    void aProcessCrashesRightAfterAnyOfItsEvents() {
        for (int events = 1; events <= 20; events++) {
            Records records = new Records();
            mesh(events, records)
                    .faults(new FaultPlan()
                            .at(0, SECONDS)
                            .crashAtEvent("p2", events)
                            .at(5, SECONDS)
                            .heal())
                    .build()
                    .runFor(Duration.ofSeconds(10));

            assertThat(records.of("p2").indexOf(new Event.Crash())).isEqualTo(events);
            assertThat(records.of("p2")).hasSize(events + 1);
        }
    }

    @Test
    void aSeedMayRestartProcessesAndMoveClocksWithoutChangingItsOtherFaults() {
        RandomFaults faults = RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(10), 1);
        RandomFaults more = faults.restarts(2).skews(3);
        int restarts = 0;
        int skews = 0;
        for (long seed = 1; seed <= 100; seed++) {
            List<FaultPlan.Entry> entries = new ArrayList<>(
                    more.plan(seed, List.of("p1", "p2", "p3", "p4")).entries());
            List<String> crashedForGood = faults.plan(seed, List.of("p1", "p2", "p3", "p4")).entries().stream()
                    .filter(entry -> entry.fault() instanceof Fault.Crash)
                    .map(entry -> ((Fault.Crash) entry.fault()).process())
                    .toList();
            for (FaultPlan.Entry entry : entries) {
                if (entry.fault() instanceof Fault.Restart restart) {
                    restarts++;
                    assertThat(crashedForGood).doesNotContain(restart.process());
                    assertThat(entry.atNanos())
                            .isLessThanOrEqualTo(Duration.ofSeconds(10).toNanos());
                } else if (entry.fault() instanceof Fault.Skew) {
                    skews++;
                }
            }
            assertThat(entries)
                    .containsAll(
                            faults.plan(seed, List.of("p1", "p2", "p3", "p4")).entries());
        }
        assertThat(restarts).isGreaterThan(50);
        assertThat(skews).isGreaterThan(80);
    }

    @Test
    void whoIsRestartedStartsAgain() {
        int again = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Records records = new Records();
            mesh(seed, records)
                    .faults(new RandomFaults(
                                    Duration.ofSeconds(1), Duration.ofSeconds(6), 0, 0, 0, 0, Duration.ofSeconds(2))
                            .restarts(2))
                    .mayStop()
                    .build()
                    .runFor(Duration.ofSeconds(10));

            int restarted = records.starts.values().stream()
                    .mapToInt(starts -> starts - 1)
                    .sum();
            assertThat(restarted).isLessThanOrEqualTo(2);
            again += restarted;
        }
        assertThat(again).isGreaterThan(3);
    }

    @Test
    void crashesAreDrawnAtEventsTooWhereThatIsWanted() {
        List<String> processes = List.of("p1", "p2", "p3", "p4");
        RandomCrashes crashes = new RandomCrashes(Duration.ofSeconds(1), Duration.ofSeconds(3), 2);
        RandomCrashes atEvents = new RandomCrashes(Duration.ofSeconds(1), Duration.ofSeconds(3), 2, true);
        int drawn = 0;
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(crashes.plan(seed, processes).entries())
                    .noneMatch(entry -> entry.fault() instanceof Fault.CrashAtEvent);
            FaultPlan plan = atEvents.plan(seed, processes);
            Simulation run = Simulation.of(4)
                    .seed(seed)
                    .components(List::of)
                    .standIns()
                    .faults(plan)
                    .build();
            run.runFor(Duration.ofSeconds(4));
            for (FaultPlan.Entry entry : plan.entries()) {
                if (entry.fault() instanceof Fault.CrashAtEvent crash) {
                    drawn++;
                    assertThat(run.process(crash.process()).state()).isEqualTo(SimulatedProcess.State.CRASHED);
                }
            }
        }
        assertThat(drawn).isBetween(15, 60);
    }
}
