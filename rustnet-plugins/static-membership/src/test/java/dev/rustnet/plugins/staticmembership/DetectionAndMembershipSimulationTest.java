package dev.rustnet.plugins.staticmembership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Failure detector and membership in whole nodes, each scenario over many seeds, and with a weaker detector that must
 * fail it. They are tested together because no node is without either.
 */
class DetectionAndMembershipSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DETECTION_BOUND = Duration.ofMillis(2250);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String TIMES =
            "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n";
    private static final String SYNCHRONY = TIMES + "rustnet.components.failure-detector.assume-synchrony = true\n";

    private static final PropertySet COMPLETENESS_ALONE = PropertySet.of("completeness", Property.PFD1);
    private static final PropertySet EVENTUAL_COMPLETENESS_ALONE =
            PropertySet.of("eventual-completeness", Property.EPFD1);

    private static SimulationBuilder mesh(
            long seed, Supplier<NetComponent> detector, String config, PropertySet check) {
        return mesh(seed, detector, StaticMembershipComponent::new, config, check);
    }

    private static SimulationBuilder mesh(
            long seed,
            Supplier<NetComponent> detector,
            Supplier<NetComponent> membership,
            String config,
            PropertySet check) {
        return Simulation.of(4)
                .seed(seed)
                .components(() -> List.of(detector.get(), membership.get()))
                .config(config)
                .onBuild(DetectorWatch::on)
                .check(check);
    }

    private static SimulationBuilder suspicions(long seed, Supplier<NetComponent> detector) {
        return mesh(seed, detector, TIMES, PropertySet.FAILURE_DETECTOR);
    }

    private static SimulationBuilder crashes(long seed, Supplier<NetComponent> detector) {
        return mesh(seed, detector, SYNCHRONY, PropertySet.PERFECT_FAILURE_DETECTOR);
    }

    private static Simulation quiet(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    private static FaultPlan crashOf(String... processes) {
        FaultPlan plan = new FaultPlan();
        for (String process : processes) {
            plan.at(3, SECONDS).crash(process);
        }
        return plan;
    }

    // Crashes

    @Test
    void oneOrTwoThatCrashAreDetectedByEverybodyLeft() {
        for (FaultPlan plan : List.of(crashOf("p2"), crashOf("p2", "p4"))) {
            SEEDS.mustHold(seed ->
                    quiet(suspicions(seed, FailureDetectorComponent::new).faults(plan)));
            SEEDS.mustHold(
                    seed -> quiet(crashes(seed, FailureDetectorComponent::new).faults(plan)));
        }
    }

    private static Simulation threeCrash(long seed, Supplier<NetComponent> detector) {
        Simulation run =
                crashes(seed, detector).faults(crashOf("p1", "p2", "p3")).build();
        run.runFor(Duration.ofSeconds(3).plus(DETECTION_BOUND));
        return run;
    }

    private static List<Boolean> detectedByTheLast(Simulation run) {
        PerfectFailureDetector last = run.process("p4").node().service(PerfectFailureDetector.class);
        return Stream.of("p1", "p2", "p3")
                .map(dead -> last.crashed(run.process(dead).node().self()))
                .toList();
    }

    @Test
    void threeOfFourThatCrashAreDetectedByTheLast() {
        for (long seed = 1; seed <= 50; seed++) {
            Simulation run = threeCrash(seed, FailureDetectorComponent::new);

            assertThat(detectedByTheLast(run)).as(run.report()).containsOnly(true);
        }
    }

    @Test
    void aDetectorThatHearsTheDeadDetectsNoneOfThree() {
        assertThat(detectedByTheLast(threeCrash(1, WeakDetectors.NeverSuspects::new)))
                .containsOnly(false);
    }

    @Test
    void aDetectorThatHearsTheDeadDoesNotDetectThem() {
        assertThat(SEEDS.mustFail(seed -> quiet(suspicions(seed, WeakDetectors.NeverSuspects::new)
                                .faults(crashOf("p2"))))
                        .property())
                .isEqualTo(Property.EPFD1);
        assertThat(SEEDS.mustFail(seed -> quiet(
                                crashes(seed, WeakDetectors.NeverSuspects::new).faults(crashOf("p2"))))
                        .property())
                .isEqualTo(Property.PFD1);
    }

    private static boolean vanishedHostIsDetectedWithinTheBound(Simulation run) {
        run.runFor(Duration.ofSeconds(3));
        var dead = run.process("p2").node().self();
        PerfectFailureDetector detector = run.process("p3").node().service(PerfectFailureDetector.class);
        assertThat(detector.crashed(dead)).isFalse();

        return run.runUntil(() -> detector.crashed(dead), Duration.ofSeconds(3).plus(DETECTION_BOUND));
    }

    private static Simulation hostVanishes(long seed, Supplier<NetComponent> detector) {
        return crashes(seed, detector)
                .faults(new FaultPlan().at(3, SECONDS).crashHost("p2"))
                .build();
    }

    @Test
    void aHostThatVanishesIsDetectedWithinTheBoundThatTheDocumentationStates() {
        SEEDS.mustHold(seed -> {
            Simulation run = hostVanishes(seed, FailureDetectorComponent::new);
            assertThat(vanishedHostIsDetectedWithinTheBound(run))
                    .as(run.report())
                    .isTrue();
            run.runUntilQuiet(REST, DEADLINE);
            return run;
        });
    }

    @Test
    void aSlowDetectorDetectsItTooLate() {
        assertThat(vanishedHostIsDetectedWithinTheBound(hostVanishes(1, WeakDetectors.Slow::new)))
                .isFalse();
    }

    private static SimulationBuilder crashesBeforeItMetAll(
            long seed, Supplier<NetComponent> detector, PropertySet check) {
        return mesh(seed, detector, TIMES, check)
                .network(NetworkOptions.rough())
                .startSpread(Duration.ofMillis(300))
                .faults(new FaultPlan().at(600, MILLISECONDS).crash("p1"));
    }

    @Test
    void aProcessThatCrashesBeforeItHasMetEverybodyIsDetectedByThoseItHasNotMetToo() {
        SEEDS.mustHold(seed ->
                quiet(crashesBeforeItMetAll(seed, FailureDetectorComponent::new, PropertySet.FAILURE_DETECTOR)));
    }

    @Test
    void aDetectorThatKnowsOnlyWhomItMetDoesNotDetectIt() {
        assertThat(SEEDS.mustFail(seed -> quiet(crashesBeforeItMetAll(
                                seed, WeakDetectors.KnowsOnlyWhomItMet::new, EVENTUAL_COMPLETENESS_ALONE)))
                        .property())
                .isEqualTo(Property.EPFD1);
    }

    // No crashes

    private static SimulationBuilder startingLate(long seed, Supplier<NetComponent> detector) {
        return crashes(seed, detector).startSpread(TIMEOUT.multipliedBy(20)).faults(endAt(60));
    }

    @Test
    void processesThatStartMuchLaterThanTheTimeoutAreNeverDetected() {
        SEEDS.mustHold(seed -> quiet(startingLate(seed, FailureDetectorComponent::new)));
    }

    @Test
    void aDetectorThatSuspectsWhomItNeverMetDetectsThem() {
        assertThat(SEEDS.mustFail(seed -> quiet(startingLate(seed, WeakDetectors.SuspectsWhomItNeverMet::new)))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    private static FaultPlan endAt(long seconds) {
        return new FaultPlan().at(seconds, SECONDS).heal();
    }

    private static SimulationBuilder resets(long seed, Supplier<NetComponent> detector) {
        return crashes(seed, detector)
                .network(NetworkOptions.lan())
                .faults(RandomFaults.resets(Duration.ofSeconds(1), Duration.ofSeconds(20), 60));
    }

    @Test
    void connectionsThatBreakAreNothing() {
        SEEDS.mustHold(seed -> quiet(resets(seed, FailureDetectorComponent::new)));
    }

    @Test
    void aDetectorThatTakesAResetForACrashIsWrong() {
        assertThat(SEEDS.mustFail(seed -> quiet(resets(seed, WeakDetectors.TakesResetForCrash::new)))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    private static SimulationBuilder wallClocksJump(long seed, Supplier<NetComponent> detector) {
        return crashes(seed, detector)
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .skew("p1", Duration.ofHours(1))
                        .at(4, SECONDS)
                        .skew("p2", Duration.ofHours(-1))
                        .at(20, SECONDS)
                        .heal());
    }

    @Test
    void wallClocksThatJumpByAnHourAreNothing() {
        SEEDS.mustHold(seed -> quiet(wallClocksJump(seed, FailureDetectorComponent::new)));
    }

    @Test
    void aDetectorThatReadsTheWallClockTakesAJumpForSilence() {
        assertThat(SEEDS.mustFail(seed -> quiet(wallClocksJump(seed, WeakDetectors.ReadsTheWallClock::new)))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    @Test
    void aDetectorThatReadsTheWallClockIsRightWhileClocksDoNotJump() {
        SEEDS.mustHold(seed ->
                quiet(crashes(seed, WeakDetectors.ReadsTheWallClock::new).faults(endAt(20))));
    }

    private static SimulationBuilder shortPause(long seed, Supplier<NetComponent> detector) {
        return crashes(seed, detector)
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .pause("p1")
                        .at(4300, MILLISECONDS)
                        .resume("p1"));
    }

    @Test
    void pausesShorterThanTheTimeoutAreNothingEvenToAPerfectDetector() {
        SEEDS.mustHold(seed -> quiet(shortPause(seed, FailureDetectorComponent::new)));
    }

    @Test
    void anImpatientDetectorTakesThemForCrashes() {
        assertThat(SEEDS.mustFail(seed -> quiet(shortPause(seed, WeakDetectors.Impatient::new)))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    // Suspicions that are wrong

    private static SimulationBuilder paused(long seed, Supplier<NetComponent> detector, List<String> accused) {
        return suspicions(seed, detector)
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .pause("p1")
                        .at(9, SECONDS)
                        .resume("p1"))
                .onBuild(process -> {
                    if (process.name().equals("p1")) {
                        listenTo(process, accused);
                    }
                });
    }

    private static void listenTo(SimulatedProcess process, List<String> accused) {
        process.node().service(FailureDetector.class).listen(new FailureDetector.SuspicionListener() {
            @Override
            public void suspect(dev.rustnet.group.ProcessId suspected) {
                accused.add(suspected.name());
            }

            @Override
            public void restore(dev.rustnet.group.ProcessId restored) {}
        });
    }

    @Test
    void aProcessThatWasPausedForThreeTimeoutsIsRestoredAndAccusesNobodyOnWaking() {
        List<String> accused = new ArrayList<>();

        SEEDS.mustHold(seed -> quiet(paused(seed, FailureDetectorComponent::new, accused)));

        assertThat(accused).isEmpty();
    }

    @Test
    void aDetectorThatForgetsThatItWasPausedAccusesEverybodyOnWaking() {
        List<String> accused = new ArrayList<>();

        quiet(paused(1, WeakDetectors.ForgetsItWasPaused::new, accused));

        assertThat(accused).isNotEmpty();
    }

    private static SimulationBuilder partitionsAndPauses(long seed, Supplier<NetComponent> detector) {
        return suspicions(seed, detector)
                .network(NetworkOptions.rough())
                .faults(new RandomFaults(
                        Duration.ofSeconds(2), Duration.ofSeconds(40), 1, 10, 6, 4, Duration.ofSeconds(8)));
    }

    @Test
    void partitionsOneWayLossesAndPausesEndWithoutASuspicionLeft() {
        SEEDS.mustHold(seed -> quiet(partitionsAndPauses(seed, FailureDetectorComponent::new)));
    }

    @Test
    void aDetectorThatTakesNoSuspicionBackIsLeftWithSome() {
        assertThat(SEEDS.mustFail(seed -> quiet(partitionsAndPauses(seed, WeakDetectors.KnowsOnlyWhomItMet::new)))
                        .property())
                .isEqualTo(Property.EPFD2);
    }

    // A crash is for good

    private static Simulation pausedForTooLong(long seed, Supplier<NetComponent> membership) {
        // The assumption does not hold here, so that accuracy is not to be had.
        return quiet(mesh(seed, FailureDetectorComponent::new, membership, SYNCHRONY, COMPLETENESS_ALONE)
                .mayStop()
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .pause("p1")
                        .at(9, SECONDS)
                        .resume("p1")));
    }

    @Test
    void whereSynchronyIsAssumedAProcessPausedForTooLongIsShutOutByEverybodyAndStops() {
        SEEDS.mustHold(seed -> {
            Simulation run = pausedForTooLong(seed, StaticMembershipComponent::new);

            assertThat(run.process("p1").state()).as(run.report()).isEqualTo(SimulatedProcess.State.STOPPED);
            for (String other : List.of("p2", "p3", "p4")) {
                assertThat(run.process(other).state()).as(run.report()).isEqualTo(SimulatedProcess.State.RUNNING);
            }
            return run;
        });
    }

    @Test
    void aMembershipThatAdmitsEverybodyHasItGoOnAlthoughItCountsAsCrashed() {
        Simulation run = pausedForTooLong(1, AdmitsEveryIncarnation::new);

        assertThat(run.process("p1").state()).isEqualTo(SimulatedProcess.State.RUNNING);
        assertThat(run.process("p2")
                        .node()
                        .service(PerfectFailureDetector.class)
                        .crashed(run.process("p1").node().self()))
                .isTrue();
    }

    // Restarts

    private static Simulation restarted(long seed, Supplier<NetComponent> membership, long restartAtMillis) {
        Simulation run = mesh(seed, FailureDetectorComponent::new, membership, TIMES, PropertySet.FAILURE_DETECTOR)
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .crash("p2")
                        .at(restartAtMillis, MILLISECONDS)
                        .restart("p2"))
                .build();
        run.runFor(Duration.ofSeconds(30));
        return run;
    }

    @Test
    void aProcessThatRestartsIsToldThatItCannotComeBackAndTheOthersAreUntouched() {
        for (long restartAtMillis : new long[] {3100, 4000, 20_000}) {
            for (long seed = 1; seed <= 50; seed++) {
                Simulation run = restarted(seed, StaticMembershipComponent::new, restartAtMillis);

                assertThat(run.process("p2").state()).as(run.report()).isEqualTo(SimulatedProcess.State.STOPPED);
                assertThat(run.process("p2").log()).as(run.report()).anySatisfy(line -> assertThat(line)
                        .contains("crash-stop model"));
                for (String other : List.of("p1", "p3", "p4")) {
                    SimulatedProcess process = run.process(other);
                    assertThat(process.state()).as(run.report()).isEqualTo(SimulatedProcess.State.RUNNING);
                    FailureDetector detector = process.node().service(FailureDetector.class);
                    for (String name : List.of("p1", "p3", "p4")) {
                        assertThat(detector.suspects(run.process(name).node().self()))
                                .as(run.report())
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void aMembershipThatAdmitsTheSecondIncarnationAsTheFirstTellsItNothing() {
        for (long restartAtMillis : new long[] {3100, 4000, 20_000}) {
            Simulation run = restarted(1, AdmitsEveryIncarnation::new, restartAtMillis);

            assertThat(run.process("p2").state()).as(run.report()).isEqualTo(SimulatedProcess.State.RUNNING);
        }
    }

    private static List<Boolean> formerIncarnationCrashed(
            long seed, Supplier<NetComponent> detector, Supplier<NetComponent> membership) {
        Simulation run = mesh(seed, detector, membership, SYNCHRONY, PropertySet.PERFECT_FAILURE_DETECTOR)
                .faults(new FaultPlan()
                        .at(3, SECONDS)
                        .crash("p2")
                        .at(3500, MILLISECONDS)
                        .restart("p2"))
                .build();
        run.runFor(Duration.ofSeconds(3).minusNanos(1));
        var old = run.process("p2").node().self();
        run.runFor(Duration.ofSeconds(20));
        return Stream.of("p1", "p3", "p4")
                .map(other -> run.process(other)
                        .node()
                        .service(PerfectFailureDetector.class)
                        .crashed(old))
                .toList();
    }

    @Test
    void killAndRestartWithinTheTimeoutIsACrashAllTheSameEvenIfTheNewOneIsAdmitted() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(formerIncarnationCrashed(seed, FailureDetectorComponent::new, StaticMembershipComponent::new))
                    .as("seed " + seed)
                    .containsOnly(true);
            assertThat(formerIncarnationCrashed(seed, FailureDetectorComponent::new, AdmitsEveryIncarnation::new))
                    .as("seed " + seed)
                    .containsOnly(true);
        }
    }

    @Test
    void aDetectorThatKnowsProcessesByNameTakesTheNewOneForTheOldWhenItIsAdmitted() {
        assertThat(formerIncarnationCrashed(1, WeakDetectors.KnowsOnlyWhomItMet::new, AdmitsEveryIncarnation::new))
                .containsOnly(false);
    }
}
