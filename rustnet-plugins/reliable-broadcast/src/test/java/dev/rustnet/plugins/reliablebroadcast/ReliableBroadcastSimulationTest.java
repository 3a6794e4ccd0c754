package dev.rustnet.plugins.reliablebroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whole nodes, each scenario over many seeds, and with a weaker protocol that must fail it. */
class ReliableBroadcastSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(200);
    private static final Duration REST = Duration.ofSeconds(12);
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final String TIMES =
            "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n";

    private static SimulationBuilder mesh(int processes, long seed, Supplier<NetComponent> protocol) {
        return Simulation.of(processes)
                .seed(seed)
                .components(
                        () -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent(), protocol.get()))
                .config(TIMES)
                .check(PropertySet.RELIABLE_BROADCAST);
    }

    private static Simulation quiet(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    private static Load load(int messages) {
        return BroadcastLoad.of(ReliableBroadcast.class, messages);
    }

    private static void holdsAndItsTwinFailsAgreement(Scenario scenario) {
        SEEDS.mustHold(seed -> quiet(scenario.with(seed, ReliableBroadcastComponent::new)));
        assertThat(SEEDS.mustFail(seed -> quiet(scenario.with(seed, WithoutRelay::new)))
                        .property())
                .isEqualTo(Property.RB4);
    }

    private interface Scenario {
        SimulationBuilder with(long seed, Supplier<NetComponent> protocol);
    }

    @Test
    void theSourceReachesExactlyOneProcessAndDies() {
        holdsAndItsTwinFailsAgreement((seed, protocol) -> mesh(4, seed, protocol)
                .load(load(10))
                .faults(new FaultPlan()
                        .at(700, MILLISECONDS)
                        .partition("p1", "p3,p4")
                        .at(1500, MILLISECONDS)
                        .crash("p1")
                        .at(1600, MILLISECONDS)
                        .heal()));
    }

    @Test
    void crashesAmidPartitionsPausesAndResets() {
        holdsAndItsTwinFailsAgreement((seed, protocol) -> mesh(4, seed, protocol)
                .network(NetworkOptions.rough())
                .load(load(30))
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(8), 2)));
    }

    @Test
    void theProcessThatRelaysCrashesInTheMiddleOfIt() {
        holdsAndItsTwinFailsAgreement((seed, protocol) -> mesh(5, seed, protocol)
                .load(load(10))
                .faults(new FaultPlan()
                        .at(700, MILLISECONDS)
                        .partition("p1", "p3,p4,p5")
                        .at(1500, MILLISECONDS)
                        .crash("p1")
                        .at(1600, MILLISECONDS)
                        .heal()
                        .at(1700, MILLISECONDS)
                        .crashAfterSends("p2", 1 + (int) (seed % 40))));
    }

    @Test
    void aDeadLinkBetweenTwoCorrectProcessesIsHealedByAThird() {
        holdsAndItsTwinFailsAgreement((seed, protocol) -> mesh(4, seed, protocol)
                .load(load(30))
                .faults(new FaultPlan().at(1, SECONDS).partition("p1", "p3")));
    }

    private static SimulationBuilder suspectedWrongly(long seed, Supplier<NetComponent> protocol) {
        return mesh(4, seed, protocol)
                .network(NetworkOptions.rough())
                .load(load(60))
                .faults(new FaultPlan()
                        .at(2, SECONDS)
                        .pause("p1")
                        .at(8, SECONDS)
                        .resume("p1")
                        .at(12, SECONDS)
                        .pause("p2")
                        .at(15, SECONDS)
                        .resume("p2"));
    }

    @Test
    void aSourceThatIsSuspectedWronglyHasEverythingDeliveredOnce() {
        SEEDS.mustHold(seed -> quiet(suspectedWrongly(seed, ReliableBroadcastComponent::new)));
    }

    @Test
    void aBroadcastThatForgetsWhomItSuspectsOwesThatOneSomething() {
        assertThat(SEEDS.mustFail(seed -> quiet(suspectedWrongly(seed, ForgetsSome.WhomItSuspects::new)))
                        .property())
                .isEqualTo(Property.RB4);
    }

    private static SimulationBuilder lateMember(long seed, Supplier<NetComponent> protocol) {
        return mesh(4, seed, protocol)
                .startSpread(Duration.ofSeconds(30))
                .faults(new FaultPlan().at(30, SECONDS).heal())
                .load(load(30));
    }

    @Test
    void aLateMemberIsOwedEverythingFromTheStart() {
        SEEDS.mustHold(seed -> quiet(lateMember(seed, ReliableBroadcastComponent::new)));
    }

    @Test
    void aBroadcastThatForgetsWhoIsLateDoesNotServeThem() {
        assertThat(SEEDS.mustFail(seed -> quiet(lateMember(seed, ForgetsSome.WhoIsLate::new)))
                        .property())
                .isEqualTo(Property.RB4);
    }
}
