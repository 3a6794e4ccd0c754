package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Groups of three to seven processes over a network that loses, doubles and reorders frames, amid resets, partitions,
 * pauses and crashes, all drawn from the seed; and for each guarantee a weaker protocol that must fail the same scenario.
 */
final class GroupSizesTest {
    private static final int SMALLEST = 3;
    private static final int SIZES = 5;
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(50, 2_000);

    @Test
    void reliableBroadcastKeepsItsGuarantee() {
        SEEDS.mustHold(
                seed -> amidFaults(seed, ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, size(seed) - 2));
    }

    @Test
    void bestEffortBroadcastFailsAsReliableBroadcast() {
        assertThat(SEEDS.mustFail(seed -> amidFaults(
                                seed, BestEffortBroadcast.class, PropertySet.RELIABLE_BROADCAST, size(seed) - 2))
                        .property())
                .isEqualTo(Property.RB4);
    }

    @Test
    void uniformReliableBroadcastKeepsItsGuaranteeWhileAMajorityLives() {
        SEEDS.mustHold(seed -> amidFaults(
                seed, UniformReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, minority(seed)));
    }

    @Test
    void reliableBroadcastFailsAsUniformReliableBroadcast() {
        assertThat(SEEDS.mustFail(seed -> amidFaults(
                                seed, ReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, minority(seed)))
                        .property())
                .isEqualTo(Property.URB4);
    }

    private static int size(long seed) {
        return SMALLEST + (int) (seed % SIZES);
    }

    private static int minority(long seed) {
        return (size(seed) - 1) / 2;
    }

    private static Simulation amidFaults(
            long seed, Class<? extends Broadcast> service, PropertySet properties, int crashes) {
        Simulation run = Simulation.of(size(seed))
                .seed(seed)
                .network(NetworkOptions.datagrams())
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(10), crashes))
                .check(properties)
                .load(BroadcastLoad.of(service, 30).every(Duration.ofMillis(200)))
                .build();
        run.runUntilQuiet(Duration.ofSeconds(20), Duration.ofMinutes(4));
        return run;
    }
}
