package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.LinkLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes, resets, half-open connections, partitions, stalls, one-way losses, pauses and slow handlers, drawn from the
 * seed; and for each guarantee a weaker protocol that must fail the same scenario.
 */
final class FaultMixTest {
    private static final int SEEDS = 200;
    private static final int MORE_SEEDS = 20;
    private static final String VIEWS = """
            rustnet.services.group-membership = group-membership
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.group-membership.join-timeout = 10s
            """;

    @Test
    void bestEffortBroadcastKeepsItsGuarantee() {
        ScenarioSeeds.of(SEEDS)
                .mustHold(seed -> broadcasts(seed, BestEffortBroadcast.class, PropertySet.BEST_EFFORT_BROADCAST, 2));
    }

    @Test
    void givingUpOnALostConnectionFailsAsBestEffortBroadcast() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(seed -> rested(
                                broadcasting(seed, BestEffortBroadcast.class, PropertySet.BEST_EFFORT_BROADCAST, 2)
                                        .components(() -> new GivesUpOnALostConnection().amongTheOthers())))
                        .property())
                .isEqualTo(Property.BEB1);
    }

    @Test
    void reliableBroadcastKeepsItsGuarantee() {
        ScenarioSeeds.of(SEEDS)
                .mustHold(seed -> broadcasts(seed, ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, 2));
    }

    @Test
    void bestEffortBroadcastFailsAsReliableBroadcast() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(
                                seed -> broadcasts(seed, BestEffortBroadcast.class, PropertySet.RELIABLE_BROADCAST, 2))
                        .property())
                .isEqualTo(Property.RB4);
    }

    @Test
    void uniformReliableBroadcastKeepsItsGuaranteeWhileAMajorityLives() {
        ScenarioSeeds.of(SEEDS)
                .mustHold(seed ->
                        broadcasts(seed, UniformReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, 1));
    }

    @Test
    void uniformReliableBroadcastByMajorityKeepsItsGuarantee() {
        ScenarioSeeds.of(MORE_SEEDS, SEEDS)
                .mustHold(seed -> rested(
                        broadcasting(seed, UniformReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, 1)
                                .config("rustnet.components.uniform-reliable-broadcast.commit = majority")));
    }

    @Test
    void causalBroadcastOverReliableBroadcastKeepsItsGuarantee() {
        ScenarioSeeds.of(MORE_SEEDS, SEEDS)
                .mustHold(seed -> rested(broadcasting(seed, CausalBroadcast.class, PropertySet.CAUSAL_BROADCAST, 2)
                        .config("rustnet.components.causal-broadcast.over = reliable-broadcast")));
    }

    @Test
    void causalBroadcastOverUniformReliableBroadcastKeepsItsGuarantee() {
        ScenarioSeeds.of(MORE_SEEDS, SEEDS)
                .mustHold(seed -> broadcasts(seed, CausalBroadcast.class, PropertySet.UNIFORM_CAUSAL_BROADCAST, 1));
    }

    /** One at most crashes for good and one comes back, of five; who was suspected for too long is shut out and stops. */
    @Test
    void broadcastsKeepTheirGuaranteeOverViews() {
        ScenarioSeeds.of(MORE_SEEDS, SEEDS).mustHold(FaultMixTest::overViews);
    }

    /** A lost standing was never said again; and a question was never asked again that nobody answered any more. */
    @ParameterizedTest
    @ValueSource(longs = {614, 1077, 5335, 7617, 7891, 8809})
    void broadcastsKeepTheirGuaranteeOverViewsWhereTheyOnceDidNot(long seed) {
        Simulation run = overViews(seed);

        assertThat(run.verdict().holds()).as(run.report()).isTrue();
    }

    private static Simulation overViews(long seed) {
        Simulation run = Simulation.of(5)
                .seed(seed)
                .config(VIEWS)
                .check(PropertySet.UNIFORM_RELIABLE_BROADCAST)
                .load(ViewsLoad.with(
                        BroadcastLoad.of(UniformReliableBroadcast.class, 200).every(Duration.ofMillis(60))))
                .faults(mix(1).restarts(1))
                .mayStop()
                .build();
        run.runUntilQuiet(Duration.ofSeconds(40), Duration.ofMinutes(20));
        return run;
    }

    @Test
    void reliableBroadcastFailsAsUniformReliableBroadcast() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(seed ->
                                broadcasts(seed, ReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, 1))
                        .property())
                .isEqualTo(Property.URB4);
    }

    @Test
    void linksArePerfect() {
        ScenarioSeeds.of(SEEDS)
                .mustHold(seed -> rested(scenario(seed, 2)
                        .network(NetworkOptions.rough())
                        .check(PropertySet.PERFECT_LINKS)
                        .load(LinkLoad.of(60))));
    }

    @Test
    void fairLossLinksFailAsPerfectLinks() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(seed -> rested(scenario(seed, 2)
                                .network(NetworkOptions.rough())
                                .components(FairLossLoad::components)
                                .check(PropertySet.PERFECT_LINKS)
                                .load(new FairLossLoad(60))))
                        .property())
                .isEqualTo(Property.PL1);
    }

    @Test
    void theFailureDetectorIsEventuallyPerfect() {
        ScenarioSeeds.of(SEEDS).mustHold(seed -> rested(detection(seed)));
    }

    @Test
    void suspectingForGoodFailsAsEventuallyPerfectDetection() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(seed ->
                                rested(detection(seed).components(() -> new SuspectsForGood().amongTheOthers())))
                        .property())
                .isEqualTo(Property.EPFD2);
    }

    @Test
    void theFailureDetectorIsNotPerfectWithoutSynchrony() {
        assertThat(ScenarioSeeds.of(SEEDS)
                        .mustFail(seed -> rested(Simulation.of(4)
                                .seed(seed)
                                .faults(mix(1).longest(Duration.ofSeconds(12)))
                                .check(PropertySet.PERFECT_FAILURE_DETECTOR)
                                .onBuild(DetectorWatch::on)))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    private static Simulation broadcasts(
            long seed, Class<? extends Broadcast> service, PropertySet properties, int crashes) {
        return rested(broadcasting(seed, service, properties, crashes));
    }

    private static SimulationBuilder broadcasting(
            long seed, Class<? extends Broadcast> service, PropertySet properties, int crashes) {
        return scenario(seed, crashes)
                .check(properties)
                .load(BroadcastLoad.of(service, 200).every(Duration.ofMillis(60)));
    }

    private static SimulationBuilder detection(long seed) {
        return scenario(seed, 2).check(PropertySet.FAILURE_DETECTOR).onBuild(DetectorWatch::on);
    }

    private static SimulationBuilder scenario(long seed, int crashes) {
        return Simulation.of(4).seed(seed).faults(mix(crashes));
    }

    private static RandomFaults mix(int crashes) {
        return RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(15), crashes);
    }

    private static Simulation rested(SimulationBuilder scenario) {
        Simulation run = scenario.build();
        run.runUntilQuiet(Duration.ofSeconds(20), Duration.ofMinutes(4));
        return run;
    }
}
