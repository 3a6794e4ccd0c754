package dev.rustnet.plugins.groupmembership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.besteffortbroadcast.BestEffortBroadcastComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole nodes over changes of views, each scenario over many seeds. */
class ViewsSimulationTest {
    static final int SEEDS = Boolean.getBoolean("rustnet.endurance") ? 2_000 : Integer.getInteger("rustnet.seeds", 12);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final String CONFIG = """
            rustnet.services.group-membership = group-membership
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.group-membership.join-timeout = 10s
            """;

    private static Supplier<List<NetComponent>> with(Supplier<NetComponent> membership) {
        return () -> List.of(
                new FailureDetectorComponent(),
                membership.get(),
                new BestEffortBroadcastComponent(),
                new ReliableBroadcastComponent(),
                new UniformReliableBroadcastComponent());
    }

    record Scenario(ViewLog log, Simulation run) {
        private Set<Integer> alive() {
            return run.processes().stream()
                    .filter(process -> process.state() == SimulatedProcess.State.RUNNING)
                    .map(SimulatedProcess::number)
                    .collect(Collectors.toSet());
        }

        /** What is wrong once all has come to rest. */
        List<String> problems(List<Integer> lastMembers) {
            boolean rested = run.runUntilQuiet(REST, DEADLINE);
            List<String> problems = log.problems(alive());
            if (!rested) {
                problems.add("the run did not come to rest");
            }
            List<Integer> members = log.members(log.lastView());
            if (!members.equals(lastMembers)) {
                problems.add("the last view, " + log.lastView() + ", is " + members + ", not " + lastMembers);
            }
            return problems;
        }
    }

    private static Scenario scenario(
            int size,
            long seed,
            Supplier<NetComponent> membership,
            Class<? extends Broadcast> service,
            Load load,
            FaultPlan faults) {
        ViewLog log = new ViewLog(service == UniformReliableBroadcast.class);
        SimulationBuilder builder = Simulation.of(size)
                .seed(seed)
                .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                .components(with(membership))
                .config(CONFIG)
                .observe(log)
                .load(new ViewsLoad(service, load))
                .faults(faults)
                .mayStop();
        return new Scenario(log, builder.build());
    }

    private static Scenario urb(int size, long seed, Supplier<NetComponent> membership, Load load, FaultPlan faults) {
        return scenario(size, seed, membership, UniformReliableBroadcast.class, load, faults);
    }

    private static Scenario rb(int size, long seed, Supplier<NetComponent> membership, Load load, FaultPlan faults) {
        return scenario(size, seed, membership, ReliableBroadcast.class, load, faults);
    }

    private static Load load(Class<? extends Broadcast> service, int messages) {
        return BroadcastLoad.of(service, messages).every(Duration.ofMillis(50));
    }

    static Load urbLoad(int messages) {
        return load(UniformReliableBroadcast.class, messages);
    }

    private static Load rbLoad(int messages) {
        return load(ReliableBroadcast.class, messages);
    }

    static List<Integer> members(int size) {
        return IntStream.rangeClosed(1, size).boxed().toList();
    }

    private static List<Integer> without(int size, int member) {
        return members(size).stream().filter(each -> each != member).toList();
    }

    static void mustHold(LongFunction<Scenario> scenario, LongFunction<List<Integer>> lastMembers) {
        long only = Long.getLong("rustnet.seed", 0);
        for (long seed = only == 0 ? 1 : only; seed <= (only == 0 ? SEEDS : only); seed++) {
            Scenario judged = scenario.apply(seed);
            List<String> problems = judged.problems(lastMembers.apply(seed));
            if (!problems.isEmpty()) {
                throw new AssertionError(
                        String.join("\n", problems) + "\n" + judged.run().report());
            }
        }
    }

    /** The weaker protocol is found out; returns by what. */
    static List<String> mustFail(LongFunction<Scenario> twin, LongFunction<List<Integer>> lastMembers) {
        for (long seed = 1; seed <= 10L * SEEDS; seed++) {
            List<String> problems = problemsOf(twin.apply(seed), lastMembers.apply(seed));
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        throw new AssertionError("the weaker protocol passed with every seed: this scenario proves nothing");
    }

    /** A mistake may also break a process in a way that it notices itself. */
    private static List<String> problemsOf(Scenario twin, List<Integer> lastMembers) {
        try {
            return twin.problems(lastMembers);
        } catch (IllegalStateException e) {
            return List.of(e.toString());
        }
    }

    // The first view

    private static int sizeOf(long seed) {
        return 3 + (int) (seed % 5);
    }

    @Test
    void allFormTheFirstViewAndDeliverEverything() {
        mustHold(
                seed -> urb(sizeOf(seed), seed, GroupMembershipComponent::new, urbLoad(20), new FaultPlan()),
                seed -> members(sizeOf(seed)));
    }

    private static Scenario firstIsLate(long seed) {
        int size = sizeOf(seed);
        String others = IntStream.rangeClosed(2, size).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
        FaultPlan late = new FaultPlan()
                .at(0, MILLISECONDS)
                .partition("p1", others)
                .at(30, SECONDS)
                .heal();
        return urb(size, seed, GroupMembershipComponent::new, urbLoad(20), late);
    }

    @Test
    void aMajorityFormsTheFirstViewAfterTheJoinTimeoutAndWhoIsLateJoins() {
        mustHold(ViewsSimulationTest::firstIsLate, seed -> members(sizeOf(seed)));
    }

    /** Found by it: a founder that suspected the other for a moment proposed a view of itself alone, and no view came ever. */
    @Test
    void aFounderThatIsAloneForAMomentProposesNothing() {
        Scenario scenario = firstIsLate(455);

        assertThat(scenario.problems(members(sizeOf(455))))
                .as(scenario.run().report())
                .isEmpty();
    }

    // Crash, exclusion, restart

    private static FaultPlan oneCrashes(long seed) {
        return new FaultPlan().at(3_000 + seed * 37 % 4_000, MILLISECONDS).crash("p" + (1 + seed % 4));
    }

    private static List<Integer> survivors(long seed) {
        return without(4, (int) (1 + seed % 4));
    }

    @Test
    void aCrashedMemberIsExcludedAndTheOthersGoOn() {
        mustHold(
                seed -> urb(4, seed, GroupMembershipComponent::new, urbLoad(100), oneCrashes(seed)),
                ViewsSimulationTest::survivors);
    }

    /** Half of the members, one after the other: the majority is always that of the view, not that of the list. */
    private static FaultPlan onlyTwoOfFiveRemain() {
        return new FaultPlan()
                .at(3, SECONDS)
                .crash("p1")
                .at(60, SECONDS)
                .crash("p2")
                .at(120, SECONDS)
                .crash("p4");
    }

    @Test
    void membersThatCrashOneAfterTheOtherAreExcludedBeyondHalfOfTheList() {
        mustHold(
                seed -> urb(5, seed, GroupMembershipComponent::new, urbLoad(30), onlyTwoOfFiveRemain()),
                seed -> List.of(3, 5));
        mustFail(
                seed -> urb(5, seed, WeakMemberships::majorityOfTheList, urbLoad(30), onlyTwoOfFiveRemain()),
                seed -> List.of(3, 5));
    }

    /** The sender reaches some members only before it crashes; reliable broadcast delivers at receipt. */
    private static FaultPlan senderReachesSome(long seed) {
        return new FaultPlan()
                .at(2, SECONDS)
                .partition("p1", "p" + (2 + seed % 3))
                .at(2_600 + seed * 61 % 900, MILLISECONDS)
                .crash("p1")
                .at(2_600 + seed * 61 % 900 + 1, MILLISECONDS)
                .restart("p1")
                .at(4, SECONDS)
                .heal();
    }

    @Test
    void whatACrashedSenderSentToSomeIsDeliveredByAllBeforeTheNextViewOrByNone() {
        mustHold(
                seed -> rb(4, seed, GroupMembershipComponent::new, rbLoad(60), senderReachesSome(seed)),
                seed -> List.of(1001, 2, 3, 4));
    }

    /** Messages are on their way to all when the views change. */
    private static Load flood() {
        return BroadcastLoad.of(ReliableBroadcast.class, 300)
                .every(Duration.ofMillis(5))
                .from(Duration.ofMillis(4_500));
    }

    private static Scenario joinUnderLoad(long seed, Supplier<NetComponent> membership) {
        FaultPlan restart = new FaultPlan()
                .at(3_000, MILLISECONDS)
                .crash("p2")
                .at(3_001 + seed * 41 % 300, MILLISECONDS)
                .restart("p2");
        return rb(4, seed, membership, flood(), restart);
    }

    private static List<Integer> withTheRestarted(long seed) {
        return List.of(1, 1002, 3, 4);
    }

    @Test
    void viewsChangeUnderLoad() {
        mustHold(seed -> joinUnderLoad(seed, GroupMembershipComponent::new), ViewsSimulationTest::withTheRestarted);
    }

    @Test
    void withoutFlushOrCutOrStopViewsDoNotHoldUnderLoad() {
        mustFail(seed -> joinUnderLoad(seed, WeakMemberships::withoutFlush), ViewsSimulationTest::withTheRestarted);
        mustFail(seed -> joinUnderLoad(seed, WeakMemberships::withoutCut), ViewsSimulationTest::withTheRestarted);
        mustFail(
                seed -> joinUnderLoad(seed, WeakMemberships::goesOnAfterTheReport),
                ViewsSimulationTest::withTheRestarted);
    }

    @Test
    void aRestartedProcessJoinsAsANewOne() {
        mustHold(
                seed -> urb(
                        4,
                        seed,
                        GroupMembershipComponent::new,
                        urbLoad(100),
                        new FaultPlan()
                                .at(3_000, MILLISECONDS)
                                .crash("p2")
                                .at(3_001 + seed * 251 % 30_000, MILLISECONDS)
                                .restart("p2")),
                seed -> List.of(1, 1002, 3, 4));
    }

    @Test
    void allFourAreRestartedOneAfterTheOtherUnderLoad() {
        mustHold(
                seed -> {
                    FaultPlan rolling = new FaultPlan();
                    for (int i = 1; i <= 4; i++) {
                        rolling.at(20L * i, SECONDS).crash("p" + i);
                        rolling.at(20_000L * i + 1 + seed * 97 % 5_000, MILLISECONDS)
                                .restart("p" + i);
                    }
                    return urb(4, seed, GroupMembershipComponent::new, urbLoad(200), rolling);
                },
                seed -> List.of(1001, 1002, 1003, 1004));
    }

    @Test
    void aJoinAndACrashAtOnce() {
        mustHold(
                seed -> urb(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        urbLoad(100),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .crash("p2")
                                .at(40, SECONDS)
                                .restart("p2")
                                .at(40_000 + seed * 17 % 4_000, MILLISECONDS)
                                .crash("p" + (3 + seed % 3))),
                seed -> {
                    List<Integer> last = new ArrayList<>(List.of(1, 1002, 3, 4, 5));
                    last.remove(Integer.valueOf((int) (3 + seed % 3)));
                    return last;
                });
    }

    @Test
    void twoJoinAtOnce() {
        mustHold(
                seed -> urb(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        urbLoad(60),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .crash("p2")
                                .at(3, SECONDS)
                                .crash("p4")
                                .at(40, SECONDS)
                                .restart("p2")
                                .at(40_000 + seed * 7 % 300, MILLISECONDS)
                                .restart("p4")),
                seed -> List.of(1, 1002, 3, 1004, 5));
    }

    // The coordinator

    @Test
    void theCoordinatorCrashesAtAnyStepOfAChange() {
        mustHold(
                seed -> urb(
                        5,
                        seed,
                        GroupMembershipComponent::new,
                        urbLoad(100),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .crash("p3")
                                .at(3_001, MILLISECONDS)
                                .restart("p3")
                                .at(4_900 + seed * 31 % 400, MILLISECONDS)
                                .crashAfterSends("p1", (int) (1 + seed * 7 % 60))
                                .at(90, SECONDS)
                                .restart("p1")),
                seed -> List.of(1001, 2, 1003, 4, 5));
    }

    private static FaultPlan restartWithTheClockSetBack() {
        return new FaultPlan()
                .at(3, SECONDS)
                .crash("p2")
                .at(3500, MILLISECONDS)
                .skew("p2", Duration.ofHours(-1))
                .at(5, SECONDS)
                .restart("p2");
    }

    @Test
    void aProcessWhoseClockWasSetBackIsToldTheHighestIncarnationAndJoinsAboveIt() {
        mustHold(
                seed -> urb(4, seed, GroupMembershipComponent::new, urbLoad(100), restartWithTheClockSetBack()),
                seed -> {
                    List<Integer> members = new ArrayList<>(members(4));
                    members.set(1, 2002);
                    return members;
                });
    }

    // Partitions

    private static FaultPlan oneAgainstThree(long seed) {
        return new FaultPlan()
                .at(3, SECONDS)
                .partition("p" + (1 + seed % 4), others(seed))
                .at(40, SECONDS)
                .heal();
    }

    private static String others(long seed) {
        return survivors(seed).stream().map(each -> "p" + each).collect(Collectors.joining(","));
    }

    private static List<Integer> afterOneAgainstThree(long seed) {
        List<Integer> members = new ArrayList<>(members(4));
        members.set((int) (seed % 4), (int) (1001 + seed % 4));
        return members;
    }

    @Test
    void threeOfFourGoOnWithoutTheOneThatIsCutOffWhichLearnsItAndComesBackAsANewOne() {
        mustHold(
                seed -> urb(4, seed, GroupMembershipComponent::new, urbLoad(100), oneAgainstThree(seed)),
                ViewsSimulationTest::afterOneAgainstThree);
        mustFail(
                seed -> urb(4, seed, WeakMemberships::goesOnAlone, urbLoad(100), oneAgainstThree(seed)),
                ViewsSimulationTest::afterOneAgainstThree);
    }

    private static FaultPlan twoAgainstTwo() {
        return new FaultPlan()
                .at(3, SECONDS)
                .partition("p1,p2", "p3,p4")
                .at(5, MINUTES)
                .heal();
    }

    @Test
    void twoAgainstTwoInstallNoViewAndExcludeNobody() {
        mustHold(
                seed -> {
                    Scenario split = urb(4, seed, GroupMembershipComponent::new, urbLoad(100), twoAgainstTwo());
                    split.run().runFor(Duration.ofMinutes(4));
                    assertThat(split.log().lastView()).as(split.run().report()).isEqualTo(1);
                    return split;
                },
                seed -> members(4));
        mustFail(
                seed -> urb(4, seed, WeakMemberships::agreesByHalf, urbLoad(100), twoAgainstTwo()), seed -> members(4));
    }

    private static FaultPlan oneLinkDead() {
        return new FaultPlan()
                .at(3, SECONDS)
                .partition("p2", "p3")
                .at(3, MINUTES)
                .heal();
    }

    @Test
    void aDeadLinkExcludesNobody() {
        mustHold(
                seed -> {
                    Scenario run = urb(4, seed, GroupMembershipComponent::new, urbLoad(100), oneLinkDead());
                    run.run().runFor(Duration.ofMinutes(2));
                    for (int process = 1; process <= 4; process++) {
                        assertThat(run.log().deliveries(process)).isEqualTo(400);
                    }
                    return run;
                },
                seed -> members(4));
        mustFail(
                seed -> urb(4, seed, WeakMemberships::excludesOnOneWord, urbLoad(100), oneLinkDead()),
                seed -> members(4));
    }

    @Test
    void aProcessThatPausesForLongerThanTheTimeoutStaysInTheView() {
        mustHold(
                seed -> urb(
                        4,
                        seed,
                        GroupMembershipComponent::new,
                        urbLoad(100),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .pause("p" + (1 + seed % 4))
                                .at(9, SECONDS)
                                .resume("p" + (1 + seed % 4))),
                seed -> members(4));
    }

    // Leaving

    @Test
    void aProcessThatLeavesIsOutAtOnceAndWhatItBroadcastIsDeliveredByAllOrNone() {
        mustHold(
                seed -> {
                    Load leaves = process -> {
                        if (process.number() == 1 + seed % 4) {
                            process.after(Duration.ofMillis(3_000 + seed * 13 % 1_000), () -> process.node()
                                    .execute(process.node()::close));
                        }
                        return rbLoad(100).begin(process);
                    };
                    Scenario run = rb(4, seed, GroupMembershipComponent::new, leaves, new FaultPlan());
                    run.run().runFor(Duration.ofSeconds(12)); // much less than an exclusion takes
                    assertThat(run.log().lastView()).as(run.run().report()).isEqualTo(2);
                    return run;
                },
                ViewsSimulationTest::survivors);
    }

    // Best-effort broadcast goes on over views

    @Test
    void bestEffortBroadcastGoesOnOverViews() {
        mustHold(
                seed -> scenario(
                        4,
                        seed,
                        GroupMembershipComponent::new,
                        BestEffortBroadcast.class,
                        load(BestEffortBroadcast.class, 60),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .pause("p2")
                                .at(3_500, MILLISECONDS)
                                .resume("p2")),
                seed -> members(4));
    }
}
