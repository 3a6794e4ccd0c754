package dev.rustnet.plugins.causalbroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.component.NetComponent;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.groupmembership.GroupMembershipComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Four to seven nodes under load while one crashes and comes back, and then another. */
class CausalOverViewsSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(30, 1_000);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final NetworkOptions DELAYS =
            NetworkOptions.rough().withDelays(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(120));

    /** The first has caught up before the third crashes: more than a minority down or behind is more than views bear. */
    private static Simulation views(long seed, String over, PropertySet properties, Supplier<NetComponent> causal) {
        return views(seed, over, properties, causal, Duration.ofMillis(150), firstAndThirdRestart(seed, 13_000));
    }

    private static FaultPlan firstAndThirdRestart(long seed, long thirdCrashesMillis) {
        return new FaultPlan()
                .at(2_000 + seed % 700, MILLISECONDS)
                .crash("p1")
                .at(3_000, MILLISECONDS)
                .restart("p1")
                .at(thirdCrashesMillis + seed % 900, MILLISECONDS)
                .crash("p3")
                .at(thirdCrashesMillis + 1_500, MILLISECONDS)
                .restart("p3");
    }

    private static Simulation views(
            long seed,
            String over,
            PropertySet properties,
            Supplier<NetComponent> causal,
            Duration interval,
            FaultPlan faults) {
        int processes = 4 + (int) (seed % 4);
        Simulation run = Simulation.of(processes)
                .seed(seed)
                .network(DELAYS)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new GroupMembershipComponent(),
                        new ReliableBroadcastComponent(),
                        new UniformReliableBroadcastComponent(),
                        causal.get()))
                .config("rustnet.services.group-membership = group-membership\n"
                        + "rustnet.components { failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n"
                        + "group-membership.join-timeout = 10s\n"
                        + "causal-broadcast.over = " + over + " }")
                .check(properties)
                .load(ViewsLoad.with(
                        BroadcastLoad.of(CausalBroadcast.class, 120).every(interval)))
                .mayStop()
                .faults(faults)
                .build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    @Test
    void causalOrderAndAgreementHoldOverViewsOnUniformReliableBroadcast() {
        SEEDS.mustHold(seed -> views(
                seed,
                "uniform-reliable-broadcast",
                PropertySet.UNIFORM_CAUSAL_BROADCAST,
                CausalBroadcastComponent::new));
    }

    /** Found by it: what was released while the view took nothing was judged by the causes of a later message. */
    @Test
    void aMessageReleasedWhileTheViewTakesNothingIsJudgedByItsOwnCauses() {
        Simulation run = views(
                382,
                "uniform-reliable-broadcast",
                PropertySet.UNIFORM_CAUSAL_BROADCAST,
                CausalBroadcastComponent::new,
                Duration.ofMillis(60),
                firstAndThirdRestart(382, 6_500));

        assertThat(run.verdict().holds()).as(run.report()).isTrue();
    }

    @Test
    void causalOrderAndAgreementHoldOverViewsOnReliableBroadcast() {
        SEEDS.mustHold(
                seed -> views(seed, "reliable-broadcast", PropertySet.CAUSAL_BROADCAST, CausalBroadcastComponent::new));
    }

    @Test
    void aCutThatIsDeliveredSourceBySourceFails() {
        assertThat(SEEDS.mustFail(seed -> views(
                                seed,
                                "uniform-reliable-broadcast",
                                PropertySet.UNIFORM_CAUSAL_BROADCAST,
                                CutBySource::new))
                        .property())
                .isEqualTo(Property.CRB5);
    }
}
