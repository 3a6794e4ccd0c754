package dev.rustnet.plugins.groupmembership;

import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.mustFail;
import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.mustHold;
import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.urbLoad;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.groupmembership.ViewsSimulationTest.Scenario;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code remember = true}: groups that are killed as a whole, at any moment, and come back. */
class MemorySimulationTest {
    private static final List<Integer> ALL_RESTARTED = List.of(1001, 1002, 1003, 1004);
    private static final String CONFIG = """
            rustnet.services.group-membership = group-membership
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.group-membership { remember = true, join-timeout = 10s }
            """;

    private static Scenario scenario(long seed, Supplier<NetComponent> membership, Load load, FaultPlan faults) {
        ViewLog log = new ViewLog(true);
        return new Scenario(
                log,
                Simulation.of(4)
                        .seed(seed)
                        .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                        .components(() -> List.of(
                                new FailureDetectorComponent(),
                                membership.get(),
                                new UniformReliableBroadcastComponent()))
                        .config(CONFIG)
                        .observe(log)
                        .load(new ViewsLoad(UniformReliableBroadcast.class, load))
                        .faults(faults)
                        .mayStop()
                        .build());
    }

    /** All within {@code withinMillis} of that moment. */
    private static void allAreKilled(FaultPlan faults, long seed, long atMillis, long withinMillis) {
        for (int i = 1; i <= 4; i++) {
            faults.at(atMillis + seed * 37 * i % withinMillis, MILLISECONDS).crash("p" + i);
        }
    }

    private static void allAreRestarted(FaultPlan faults, long seed, long atMillis, long withinMillis) {
        for (int i = 1; i <= 4; i++) {
            faults.at(atMillis + seed * 53 * i % withinMillis, MILLISECONDS).restart("p" + i);
        }
    }

    @Test
    void aGroupThatIsKilledAsAWholeUnderLoadFormsAgain() {
        mustHold(
                seed -> {
                    FaultPlan faults = new FaultPlan();
                    allAreKilled(faults, seed, 3_000, 400);
                    allAreRestarted(faults, seed, 4_000, 6_000);
                    return scenario(seed, GroupMembershipComponent::new, urbLoad(100), faults);
                },
                seed -> ALL_RESTARTED);
    }

    @Test
    void aGroupThatForgetsBeginsItsViewsAnew() {
        List<String> problems = mustFail(
                seed -> {
                    FaultPlan faults = new FaultPlan();
                    allAreKilled(faults, seed, 3_000, 400);
                    allAreRestarted(faults, seed, 4_000, 6_000);
                    return scenario(seed, WeakMemberships::forgets, urbLoad(100), faults);
                },
                seed -> ALL_RESTARTED);

        assertThat(problems).anyMatch(problem -> problem.startsWith("view 1 is "));
    }

    /** A run in which p4 leaves. */
    private static Scenario change(long seed, Supplier<NetComponent> membership, FaultPlan faults) {
        Load leaves = process -> {
            if (process.number() == 4) {
                process.after(Duration.ofSeconds(3), () -> process.node().execute(process.node()::close));
            }
            return urbLoad(40).begin(process);
        };
        return scenario(seed, membership, leaves, faults);
    }

    /**
     * All are killed at one moment of the change that takes p4 out: shortly before the first of them installs the next view,
     * or shortly after. The one that most likely does is the last to come back, when the others have formed a view.
     */
    private static Scenario killedInAChange(long seed, Supplier<NetComponent> membership) {
        Scenario undisturbed = change(seed, membership, new FaultPlan());
        undisturbed.run().runFor(Duration.ofSeconds(30));
        long killed = undisturbed.log().firstInstalledNanos(2) / 1_000 - 4_000 + seed * 977 % 12_000;
        FaultPlan faults = new FaultPlan();
        for (int i = 1; i <= 4; i++) {
            faults.at(killed, MICROSECONDS).crash("p" + i);
            faults.at(i == 1 ? 60_000 : 20_000 + seed * 53 * i % 2_000, MILLISECONDS)
                    .restart("p" + i);
        }
        return change(seed, membership, faults);
    }

    @Test
    void aGroupThatIsKilledDuringAChangeOfViewsGoesOnFromWhatWasAgreed() {
        mustHold(seed -> killedInAChange(seed, GroupMembershipComponent::new), seed -> ALL_RESTARTED);
    }

    @Test
    void whoSaysBeforeItWritesMayAgreeTwice() {
        List<String> problems =
                mustFail(seed -> killedInAChange(seed, WeakMemberships::saysBeforeItWrites), seed -> ALL_RESTARTED);

        assertThat(problems).anyMatch(problem -> problem.startsWith("view "));
    }

    /** Again while it forms again, at any moment of that. */
    @Test
    void aGroupThatIsKilledWhileItFormsAgainFormsAtLast() {
        mustHold(
                seed -> {
                    FaultPlan faults = new FaultPlan();
                    allAreKilled(faults, seed, 3_000, 400);
                    allAreRestarted(faults, seed, 4_000, 200);
                    allAreKilled(faults, seed, 4_200 + seed * 11 % 600, 300);
                    allAreRestarted(faults, seed, 6_000, 3_000);
                    return scenario(seed, GroupMembershipComponent::new, urbLoad(100), faults);
                },
                seed -> List.of(2001, 2002, 2003, 2004));
    }

    /** In the formation of the first view: what had been accepted there is not forgotten either. */
    @Test
    void aGroupThatIsKilledWhileItFormsItsFirstViewFormsAtLast() {
        mustHold(
                seed -> {
                    FaultPlan faults = new FaultPlan();
                    allAreKilled(faults, seed, 50 + seed * 17 % 500, 200);
                    allAreRestarted(faults, seed, 2_000, 3_000);
                    return scenario(seed, GroupMembershipComponent::new, urbLoad(100), faults);
                },
                seed -> ALL_RESTARTED);
    }

    @Test
    void aMajorityOfTheLastViewIsEnough() {
        mustHold(
                seed -> {
                    FaultPlan faults = new FaultPlan();
                    allAreKilled(faults, seed, 3_000, 400);
                    int gone = (int) (1 + seed % 4);
                    for (int i = 1; i <= 4; i++) {
                        if (i != gone) {
                            faults.at(4_000 + seed * 53 * i % 6_000, MILLISECONDS)
                                    .restart("p" + i);
                        }
                    }
                    return scenario(seed, GroupMembershipComponent::new, urbLoad(100), faults);
                },
                seed -> ALL_RESTARTED.stream()
                        .filter(member -> member != 1001 + seed % 4)
                        .toList());
    }

    @Test
    void besideASurvivorTheRestartedFormNothingUntilItIsRestartedToo() {
        mustHold(
                seed -> {
                    int survivor = (int) (1 + seed % 4);
                    FaultPlan faults = new FaultPlan();
                    for (int i = 1; i <= 4; i++) {
                        if (i != survivor) {
                            faults.at(3_000 + seed * 37 * i % 400, MILLISECONDS).crash("p" + i);
                            faults.at(8_000 + seed * 53 * i % 4_000, MILLISECONDS)
                                    .restart("p" + i);
                        }
                    }
                    faults.at(3, MINUTES).crash("p" + survivor).at(182, SECONDS).restart("p" + survivor);
                    Scenario run = scenario(seed, GroupMembershipComponent::new, urbLoad(100), faults);
                    run.run().runFor(Duration.ofSeconds(179));
                    assertThat(run.log().lastView()).as(run.run().report()).isEqualTo(1);
                    return run;
                },
                seed -> ALL_RESTARTED);
    }

    @Test
    void aMinorityThatIsRestartedJoinsAsWithoutMemory() {
        mustHold(
                seed -> {
                    FaultPlan rolling = new FaultPlan();
                    for (int i = 1; i <= 4; i++) {
                        rolling.at(20L * i, SECONDS).crash("p" + i);
                        rolling.at(20_000L * i + 1 + seed * 97 % 5_000, MILLISECONDS)
                                .restart("p" + i);
                    }
                    return scenario(seed, GroupMembershipComponent::new, urbLoad(200), rolling);
                },
                seed -> ALL_RESTARTED);
    }

    /**
     * Each crashes and comes back three times, at moments of its own, some in the middle of a turn; there is a split, too. At last
     * all are killed and restarted, since survivors without a majority wait for that.
     */
    private static FaultPlan anything(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FaultPlan faults = new FaultPlan();
        for (int i = 1; i <= 4; i++) {
            long at = 0;
            for (int times = 0; times < 3; times++) {
                at += 500 + random.nextLong(15_000);
                faults.at(at, MILLISECONDS).crashAfterSends("p" + i, 1 + random.nextInt(20));
                at += 100 + random.nextLong(400);
                faults.at(at, MILLISECONDS).crash("p" + i);
                at += 1 + random.nextLong(6_000);
                faults.at(at, MILLISECONDS).restart("p" + i);
            }
        }
        faults.at(5 + random.nextInt(20), SECONDS)
                .partition("p" + (1 + random.nextInt(2)), "p3,p4")
                .at(30 + random.nextInt(20), SECONDS)
                .heal();
        allAreKilled(faults, seed, 75_000, 400);
        allAreRestarted(faults, seed, 76_000, 3_000);
        return faults;
    }

    /** What is wrong with that run once it has come to rest. */
    private static List<String> problemsOfAnything(long seed, Supplier<NetComponent> membership) {
        Scenario scenario = scenario(seed, membership, urbLoad(300), anything(seed));
        boolean rested = scenario.run().runUntilQuiet(Duration.ofSeconds(30), Duration.ofMinutes(20));
        List<Integer> running = scenario.run().processes().stream()
                .filter(process -> process.state() == SimulatedProcess.State.RUNNING)
                .map(SimulatedProcess::number)
                .toList();
        List<String> problems = new ArrayList<>(scenario.log().problems(Set.copyOf(running)));
        if (!rested || !scenario.log().members(scenario.log().lastView()).equals(running)) {
            problems.add("the last view is not that of all that run: "
                    + scenario.log().members(scenario.log().lastView()));
        }
        if (!problems.isEmpty()) {
            problems.add(scenario.run().report());
        }
        return problems;
    }

    @Test
    void whateverHappensViewsAreOneSequenceAndTheGroupFormsAtLast() {
        for (long seed = 1; seed <= ViewsSimulationTest.SEEDS; seed++) {
            assertThat(problemsOfAnything(seed, GroupMembershipComponent::new)).isEmpty();
        }
    }

    @Test
    void whoForgetsDoesNotSurviveThat() {
        assertThat(LongStream.rangeClosed(1, 10L * ViewsSimulationTest.SEEDS)
                        .mapToObj(seed -> problemsOfAnything(seed, WeakMemberships::forgets))
                        .anyMatch(problems ->
                                problems.stream().anyMatch(problem -> problem.matches("(?s)view [0-9]+ is .*"))))
                .isTrue();
    }
}
