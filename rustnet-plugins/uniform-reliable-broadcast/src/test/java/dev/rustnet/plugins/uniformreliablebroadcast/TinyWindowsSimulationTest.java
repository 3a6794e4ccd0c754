package dev.rustnet.plugins.uniformreliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Four senders flat out with tiny windows, each of whom waits for the acknowledgements of the others: it never stops,
 * because acknowledgements never wait behind data. Where they do, it hangs.
 */
class TinyWindowsSimulationTest {
    private static final ScenarioSeeds SEEDS = ScenarioSeeds.of(50, 200);
    private static final int PROCESSES = 4;
    private static final int MESSAGES = 100;
    private static final String TINY = """
            rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }
            rustnet.components.uniform-reliable-broadcast { window-messages = 2, window-bytes = 1KiB }
            """;

    private static SimulationBuilder flatOut(long seed) {
        return Simulation.of(PROCESSES)
                .seed(seed)
                .network(NetworkOptions.rough())
                .config(TINY)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new StaticMembershipComponent(),
                        new UniformReliableBroadcastComponent()))
                .check(PropertySet.UNIFORM_RELIABLE_BROADCAST)
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, MESSAGES)
                        .every(Duration.ZERO)
                        .payload(400));
    }

    private static Simulation rested(SimulationBuilder builder) {
        Simulation run = builder.build();
        assertThat(run.runUntilQuiet(Duration.ofSeconds(10), Duration.ofMinutes(10)))
                .as(run.report())
                .isTrue();
        return run;
    }

    @Test
    void tinyWindowsNeverStop() {
        SEEDS.mustHold(seed -> rested(flatOut(seed)));
    }

    @Test
    void norDoTheyWhereConnectionsAreReset() {
        SEEDS.mustHold(seed ->
                rested(flatOut(seed).faults(RandomFaults.resets(Duration.ofMillis(500), Duration.ofSeconds(5), 20))));
    }

    @Test
    void acknowledgementsThatGoFirstNeverStopIt() {
        assertThat(receivedWhenAcknowledgementsGo(true)).hasSize(PROCESSES).containsOnly((PROCESSES - 1) * MESSAGES);
    }

    @Test
    void acknowledgementsQueuedBehindDataHang() {
        assertThat(receivedWhenAcknowledgementsGo(false))
                .hasSize(PROCESSES)
                .allMatch(received -> received > 0 && received < (PROCESSES - 1) * MESSAGES / 10);
    }

    private static List<Integer> receivedWhenAcknowledgementsGo(boolean first) {
        List<OneQueueBroadcast> twins = new ArrayList<>(IntStream.range(0, PROCESSES)
                .mapToObj(i -> new OneQueueBroadcast(MESSAGES, first))
                .toList());
        List<OneQueueBroadcast> left = new ArrayList<>(twins);
        Simulation.of(PROCESSES)
                .network(NetworkOptions.rough())
                .components(() -> List.of(
                        new FailureDetectorComponent(), new StaticMembershipComponent(), left.remove(left.size() - 1)))
                .build()
                .runFor(Duration.ofMinutes(10));
        return twins.stream().map(OneQueueBroadcast::received).toList();
    }
}
