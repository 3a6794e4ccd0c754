package dev.rustnet.plugins.uniformreliablebroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
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
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whole nodes, each scenario over many seeds, and with a weaker protocol that must fail it. */
class UniformReliableBroadcastSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(200);
    private static final Duration REST = Duration.ofSeconds(12);
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final String TIMES =
            "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n";
    private static final String SYNCHRONY = TIMES + "rustnet.components.failure-detector.assume-synchrony = true\n";
    private static final String BY_MAJORITY =
            TIMES + "rustnet.components.uniform-reliable-broadcast.commit = majority\n";

    private static SimulationBuilder mesh(int processes, long seed, Supplier<NetComponent> protocol, String config) {
        return Simulation.of(processes)
                .seed(seed)
                .components(
                        () -> List.of(new FailureDetectorComponent(), new StaticMembershipComponent(), protocol.get()))
                .config(config)
                .check(PropertySet.UNIFORM_RELIABLE_BROADCAST);
    }

    private static Simulation quiet(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    private static Load load(int messages) {
        return BroadcastLoad.of(UniformReliableBroadcast.class, messages);
    }

    /** So many messages of the first few processes; the others deliver only. */
    private static Load loadOf(int processes, int messages) {
        return process -> load(process.number() <= processes ? messages : 0).begin(process);
    }

    // Whatever may happen

    private static SimulationBuilder minorityCrashes(long seed, Supplier<NetComponent> protocol, String config) {
        return mesh(4, seed, protocol, config)
                .network(NetworkOptions.rough())
                .load(load(20))
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(8), 1));
    }

    @Test
    void theWindowOfAllBroadcastsBoundsItUnlessItHasItsOwn() {
        String all = "rustnet.broadcast.window-messages = 2\n";
        String own = "rustnet.components.uniform-reliable-broadcast.window-messages = 3\n";

        assertThat(acceptedBeforeAnybodyReceives(all)).isEqualTo(2);
        assertThat(acceptedBeforeAnybodyReceives(all + own)).isEqualTo(3);
    }

    private static int acceptedBeforeAnybodyReceives(String config) {
        List<Integer> accepted = new ArrayList<>();
        mesh(3, 1, UniformReliableBroadcastComponent::new, config)
                .onBuild(process -> accepted.add(acceptedBy(process)))
                .build()
                .runFor(Duration.ofSeconds(1));
        return accepted.get(0);
    }

    private static int acceptedBy(SimulatedProcess process) {
        Channel channel = process.node().service(UniformReliableBroadcast.class).channel("test");
        int accepted = 0;
        while (accepted < 100 && channel.tryBroadcast(new byte[1])) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void holdsWhenAMinorityCrashesAmidPartitionsPausesAndResets() {
        SEEDS.mustHold(seed -> quiet(minorityCrashes(seed, UniformReliableBroadcastComponent::new, TIMES)));
    }

    @Test
    void holdsWithCommitMajorityToo() {
        SEEDS.mustHold(seed -> quiet(minorityCrashes(seed, UniformReliableBroadcastComponent::new, BY_MAJORITY)));
    }

    @Test
    void withoutRelayItDoesNot() {
        assertThat(SEEDS.mustFail(seed -> quiet(minorityCrashes(
                                seed, () -> new WeakProtocols.WithoutRelay(CommitRule.ALL_UNSUSPECTED), TIMES)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    @Test
    void withoutRelayItDoesNotWithCommitMajorityEither() {
        assertThat(SEEDS.mustFail(seed -> quiet(minorityCrashes(
                                seed, () -> new WeakProtocols.WithoutRelay(CommitRule.MAJORITY), BY_MAJORITY)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    // The sender is cut off

    private static SimulationBuilder senderCutOff(long seed, Supplier<NetComponent> protocol) {
        return mesh(4, seed, protocol, TIMES)
                .load(loadOf(2, 10))
                .faults(new FaultPlan()
                        .at(600, MILLISECONDS)
                        .partition("p1", "p2,p3,p4")
                        .at(1500, MILLISECONDS)
                        .crash("p1")
                        .at(1600, MILLISECONDS)
                        .heal());
    }

    @Test
    void whatASenderThatIsCutOffBroadcastsIsDeliveredNowhereNotEvenAtItself() {
        SEEDS.mustHold(seed -> quiet(senderCutOff(seed, UniformReliableBroadcastComponent::new)));
    }

    @Test
    void deliveryAtReceiptDoesNotHoldWhenTheSenderIsCutOff() {
        assertThat(SEEDS.mustFail(seed -> quiet(senderCutOff(seed, WeakProtocols.DeliversAtReceipt::new)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    // Pending messages of a crashed process

    private static SimulationBuilder senderCrashes(long seed, Supplier<NetComponent> protocol) {
        return mesh(4, seed, protocol, TIMES)
                .network(NetworkOptions.rough())
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, 40).every(Duration.ofMillis(5)))
                .faults(new FaultPlan().at(700, MILLISECONDS).crash("p1"));
    }

    @Test
    void theSenderCrashesInMidStream() {
        SEEDS.mustHold(seed -> quiet(senderCrashes(seed, UniformReliableBroadcastComponent::new)));
        assertThat(SEEDS.mustFail(seed -> quiet(senderCrashes(seed, WeakProtocols.DeliversWithoutRelay::new)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    // A majority cut off from a minority that then dies

    private static SimulationBuilder minoritySideDies(long seed, Supplier<NetComponent> protocol) {
        return mesh(5, seed, protocol, TIMES)
                .load(load(60))
                .faults(new FaultPlan()
                        .at(1, SECONDS)
                        .partition("p1,p2", "p3,p4,p5")
                        .at(20, SECONDS)
                        .crash("p1")
                        .at(20, SECONDS)
                        .crash("p2")
                        .at(21, SECONDS)
                        .heal());
    }

    @Test
    void aMinorityThatIsCutOffDeliversNothingNew() {
        SEEDS.mustHold(seed -> quiet(minoritySideDies(seed, UniformReliableBroadcastComponent::new)));
    }

    @Test
    void withoutTheMajorityFloorItDoes() {
        assertThat(SEEDS.mustFail(seed -> quiet(minoritySideDies(seed, WeakProtocols.WithoutMajorityFloor::new)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    // Split in halves

    private static Simulation splitInHalves(long seed, Supplier<NetComponent> protocol) {
        Simulation run = mesh(4, seed, protocol, TIMES)
                .load(load(80))
                .faults(new FaultPlan()
                        .at(2, SECONDS)
                        .partition("p1,p2", "p3,p4")
                        .at(1, MINUTES)
                        .heal())
                .build();
        // Until the halves suspect each other: then that is delivered which three held before the split.
        run.runFor(Duration.ofSeconds(5));
        return run;
    }

    private static long deliveriesDuringTheSplit(Simulation split) {
        long before = split.verdict().deliveries();
        split.runFor(Duration.ofSeconds(54));
        return split.verdict().deliveries() - before;
    }

    @Test
    void aSplitInHalvesStallsForHoweverLongAndThenEverythingIsDelivered() {
        SEEDS.mustHold(seed -> {
            Simulation run = splitInHalves(seed, UniformReliableBroadcastComponent::new);
            assertThat(deliveriesDuringTheSplit(run)).as(run.report()).isZero();
            run.runUntilQuiet(REST, Duration.ofMinutes(20));
            return run;
        });
    }

    @Test
    void aQuorumOfHalfTheGroupGoesOnInBothHalves() {
        assertThat(deliveriesDuringTheSplit(splitInHalves(1, WeakProtocols.QuorumOfHalf::new)))
                .isPositive();
        assertThat(deliveriesDuringTheSplit(splitInHalves(1, WeakProtocols.WithoutMajorityFloor::new)))
                .isPositive();
    }

    private static SimulationBuilder halfDiesInTheSplit(long seed, Supplier<NetComponent> protocol) {
        return mesh(4, seed, protocol, TIMES)
                .load(loadOf(2, 30))
                .faults(new FaultPlan()
                        .at(2, SECONDS)
                        .partition("p1,p2", "p3,p4")
                        .at(20, SECONDS)
                        .crash("p1")
                        .at(20, SECONDS)
                        .crash("p2")
                        .at(21, SECONDS)
                        .heal());
    }

    @Test
    void aHalfThatDiesInTheSplitTakesNothingDeliveredWithIt() {
        SEEDS.mustHold(seed -> quiet(halfDiesInTheSplit(seed, UniformReliableBroadcastComponent::new)));
    }

    @Test
    void withAQuorumOfHalfTheGroupItDoes() {
        assertThat(SEEDS.mustFail(seed -> quiet(halfDiesInTheSplit(seed, WeakProtocols.QuorumOfHalf::new)))
                        .property())
                .isEqualTo(Property.URB4);
        assertThat(SEEDS.mustFail(seed -> quiet(halfDiesInTheSplit(seed, WeakProtocols.WithoutMajorityFloor::new)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    // Any number of crashes

    private static SimulationBuilder halfCrashes(long seed, String config) {
        return mesh(4, seed, UniformReliableBroadcastComponent::new, config)
                .load(load(30))
                .faults(new FaultPlan()
                        .at(1500, MILLISECONDS)
                        .crash("p1")
                        .at(1700, MILLISECONDS)
                        .crash("p2"));
    }

    @Test
    void withAPerfectDetectorAndCommitAllHalfOfTheGroupMayCrash() {
        SEEDS.mustHold(seed -> quiet(halfCrashes(seed, SYNCHRONY)));
    }

    @Test
    void withoutAPerfectDetectorTheOtherHalfDeliversNothingMore() {
        assertThat(SEEDS.mustFail(seed -> quiet(halfCrashes(seed, TIMES))).property())
                .isEqualTo(Property.URB1);
    }

    @Test
    void withoutAPerfectDetectorTheRestWaitsAndSaysForWhom() {
        Simulation run = halfCrashes(1, TIMES).build();

        run.runFor(Duration.ofSeconds(30));

        assertThat(run.process("p3").log()).anySatisfy(line -> assertThat(line)
                .contains("waits for acknowledgements of p1 (suspected), p2 (suspected): message")
                .contains("is held by 2 processes, 3 of 4 needed"));
    }
}
