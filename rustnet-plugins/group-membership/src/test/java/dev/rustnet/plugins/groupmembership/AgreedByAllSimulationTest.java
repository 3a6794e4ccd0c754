package dev.rustnet.plugins.groupmembership;

import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.members;
import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.mustFail;
import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.mustHold;
import static dev.rustnet.plugins.groupmembership.ViewsSimulationTest.urbLoad;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.groupmembership.ViewsSimulationTest.Scenario;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code agree = all}: views, and uniform reliable broadcast over them, however many crash; and what that rests on. */
class AgreedByAllSimulationTest {
    private static final Duration SOUND = Duration.ofSeconds(20);
    private static final String CONFIG = """
            rustnet.services.group-membership = group-membership
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.group-membership { agree = all, join-timeout = 10s }
            """;

    /** Uniform reliable broadcast that keeps to itself what it assumes, so that nobody refuses it. */
    private static final class Unspoken implements NetComponent {
        private final UniformReliableBroadcastComponent real = new UniformReliableBroadcastComponent();

        @Override
        public Settings settings() {
            return real.settings();
        }

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("uniform-reliable-broadcast")
                    .provides(UniformReliableBroadcast.class)
                    .requires(GroupMembership.class)
                    .requires(FailureDetector.class)
                    .requiresOptional(PerfectFailureDetector.class)
                    .build();
        }

        @Override
        public void start(ComponentContext context) {
            real.start(context);
        }
    }

    private static SimulationBuilder group(int size, long seed, Duration patience, Supplier<NetComponent> broadcast) {
        return Simulation.of(size)
                .seed(seed)
                .network(seed % 2 == 0 ? NetworkOptions.lan() : NetworkOptions.rough())
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new PatientDetector(patience),
                        new GroupMembershipComponent(),
                        broadcast.get()))
                .config(CONFIG);
    }

    private static Scenario scenario(SimulationBuilder group, Load load, FaultPlan faults) {
        ViewLog log = new ViewLog(true);
        return new Scenario(
                log,
                group.observe(log)
                        .load(new ViewsLoad(UniformReliableBroadcast.class, load))
                        .faults(faults)
                        .mayStop()
                        .build());
    }

    private static Scenario urb(int size, long seed, Load load, FaultPlan faults) {
        return scenario(group(size, seed, SOUND, UniformReliableBroadcastComponent::new), load, faults);
    }

    private static int survivor(long seed) {
        return (int) (1 + seed % 4);
    }

    /** All of four but one, the next {@code apartMillis} after the one before, at most. */
    private static FaultPlan threeOfFourCrash(long seed, long apartMillis) {
        FaultPlan faults = new FaultPlan();
        long at = 3_000;
        for (int i = 1; i <= 3; i++) {
            int process = (int) (1 + (seed + i) % 4);
            faults.at(at + seed * 37 * i % apartMillis, MILLISECONDS).crash("p" + process);
            at += apartMillis;
        }
        return faults;
    }

    @Test
    void threeOfFourCrashOneAfterTheOtherAndTheLastGoesOn() {
        mustHold(seed -> urb(4, seed, urbLoad(1_500), threeOfFourCrash(seed, 30_000)), seed -> List.of(survivor(seed)));
    }

    @Test
    void threeOfFourCrashAtOnceAndTheLastGoesOn() {
        mustHold(seed -> urb(4, seed, urbLoad(400), threeOfFourCrash(seed, 300)), seed -> List.of(survivor(seed)));
    }

    /** Three remember a view of four; the last goes on in views of its own, and is the last to come back, too. */
    @Test
    void whoRemembersTheHighestViewIsWaitedForWhenAllWereKilled() {
        mustHold(
                seed -> {
                    FaultPlan faults = threeOfFourCrash(seed, 300)
                            .at(60, SECONDS)
                            .crash("p" + survivor(seed))
                            .at(180, SECONDS)
                            .restart("p" + survivor(seed));
                    for (int i = 1; i <= 3; i++) {
                        faults.at(70_000 + seed * 53 * i % 3_000, MILLISECONDS).restart("p" + (1 + (seed + i) % 4));
                    }
                    Scenario run = scenario(
                            group(4, seed, SOUND, UniformReliableBroadcastComponent::new)
                                    .config("rustnet.components.group-membership.remember = true"),
                            urbLoad(100),
                            faults);
                    run.run().runFor(Duration.ofSeconds(59));
                    long last = run.log().lastView();
                    assertThat(run.log().members(last)).containsExactly(survivor(seed));
                    run.run().runFor(Duration.ofMinutes(2));
                    assertThat(run.log().lastView()).as(run.run().report()).isEqualTo(last);
                    return run;
                },
                seed -> List.of(1001, 1002, 1003, 1004));
    }

    /** Each is taken out, or crashes itself, while the one before is being taken out. */
    @Test
    void theyCrashInTheMiddleOfEachOthersExclusionAndComeBack() {
        mustHold(
                seed -> urb(
                        4,
                        seed,
                        urbLoad(600),
                        new FaultPlan()
                                .at(3, SECONDS)
                                .crash("p4")
                                .at(24_800 + seed * 31 % 800, MILLISECONDS)
                                .crashAfterSends("p1", (int) (1 + seed * 7 % 40))
                                .at(25_000 + seed * 53 % 800, MILLISECONDS)
                                .crashAfterSends("p2", (int) (1 + seed * 11 % 40))
                                .at(90, SECONDS)
                                .restart("p1")
                                .at(90_000 + seed * 97 % 4_000, MILLISECONDS)
                                .restart("p2")
                                .at(91, SECONDS)
                                .restart("p4")),
                seed -> List.of(1001, 1002, 3, 1004));
    }

    /** Shorter than the perfect detector's patience, and longer than it takes to be suspected. */
    private static FaultPlan shortSplit() {
        return new FaultPlan()
                .at(3, SECONDS)
                .partition("p1,p2", "p3,p4")
                .at(15, SECONDS)
                .heal();
    }

    @Test
    void wrongSuspicionsExcludeNobody() {
        mustHold(
                seed -> {
                    Scenario split = urb(4, seed, urbLoad(400), shortSplit());
                    split.run().runFor(Duration.ofSeconds(14));
                    assertThat(split.log().lastView()).as(split.run().report()).isEqualTo(1);
                    return split;
                },
                seed -> members(4));
    }

    @Test
    void withADetectorThatTakesSuspicionsForCrashesBothSidesOfASplitGoOn() {
        List<String> problems = mustFail(
                seed -> scenario(
                        group(4, seed, Duration.ZERO, UniformReliableBroadcastComponent::new),
                        urbLoad(400),
                        shortSplit()),
                seed -> members(4));

        assertThat(problems).anyMatch(problem -> problem.startsWith("view 2 is "));
    }

    /** What three of five have, who then crash, the other two have never heard of. */
    private static FaultPlan theMajorityIsCutOffAndCrashes(long seed) {
        FaultPlan faults = new FaultPlan().at(3, SECONDS).partition("p1,p2,p3", "p4,p5");
        for (int i = 1; i <= 3; i++) {
            faults.at(4_000 + seed * 13 * i % 500, MILLISECONDS).crash("p" + i);
        }
        return faults.at(6, SECONDS).heal();
    }

    @Test
    void whatAMajorityHoldsIsNotDeliveredBeforeAllDo() {
        mustHold(seed -> urb(5, seed, urbLoad(200), theMajorityIsCutOffAndCrashes(seed)), seed -> List.of(4, 5));
        List<String> problems = mustFail(
                seed -> scenario(
                        group(5, seed, SOUND, Unspoken::new)
                                .config("rustnet.components.uniform-reliable-broadcast.commit = majority"),
                        urbLoad(200),
                        theMajorityIsCutOffAndCrashes(seed)),
                seed -> List.of(4, 5));

        assertThat(problems).anyMatch(problem -> problem.contains("had delivered"));
    }

    // The first view

    @Test
    void whoNeverCameIsWaitedForHoweverLong() {
        mustHold(
                seed -> {
                    Scenario late = urb(
                            4,
                            seed,
                            urbLoad(20),
                            new FaultPlan()
                                    .at(0, MILLISECONDS)
                                    .partition("p1", "p2,p3,p4")
                                    .at(60, SECONDS)
                                    .heal());
                    late.run().runFor(Duration.ofSeconds(59));
                    assertThat(late.log().lastView()).as(late.run().report()).isZero();
                    return late;
                },
                seed -> members(4));
    }

    @Test
    void whoCameAndCrashedIsNot() {
        mustHold(
                seed -> urb(
                        4,
                        seed,
                        urbLoad(20),
                        new FaultPlan()
                                .at(0, MILLISECONDS)
                                .partition("p1", "p2,p3,p4")
                                .at(3_000 + seed * 41 % 2_000, MILLISECONDS)
                                .crash("p2")
                                .at(60, SECONDS)
                                .heal()),
                seed -> {
                    List<Integer> last = new ArrayList<>(members(4));
                    last.remove(Integer.valueOf(2));
                    return last;
                });
    }

    // Refused at start

    private static SimulationBuilder refused(String config, NetComponent... components) {
        return Simulation.of(3)
                .components(() -> List.of(components))
                .config(CONFIG + config)
                .load(process -> () -> true);
    }

    @Test
    void withoutAPerfectDetectorTheNodeDoesNotStartAndSaysWhatHelps() {
        Simulation run = refused("", new FailureDetectorComponent(), new GroupMembershipComponent())
                .build();

        assertThatThrownBy(() -> run.runFor(Duration.ofSeconds(1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "RN-011 group-membership cannot start: it requires PerfectFailureDetector, which no component provides.")
                .hasMessageContaining("set rustnet.components.failure-detector.assume-synchrony = true, if");
    }

    @Test
    void withACommitByMajorityTheNodeDoesNotStartAndNamesBothSettings() {
        Simulation run = refused(
                        """
                        rustnet.components.failure-detector.assume-synchrony = true
                        rustnet.components.uniform-reliable-broadcast.commit = majority
                        """,
                        new FailureDetectorComponent(),
                        new GroupMembershipComponent(),
                        new UniformReliableBroadcastComponent())
                .build();

        assertThatThrownBy(() -> run.runFor(Duration.ofSeconds(1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "RN-016 uniform-reliable-broadcast cannot keep what it guarantees: it assumes views that a"
                                + " majority agrees on with commit = majority, which group-membership does not give with agree = all.")
                .hasMessageContaining("rustnet.components.uniform-reliable-broadcast.commit = majority (")
                .hasMessageContaining("rustnet.components.group-membership.agree = all (");
    }
}
