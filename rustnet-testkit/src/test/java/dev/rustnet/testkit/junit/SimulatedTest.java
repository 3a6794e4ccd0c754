package dev.rustnet.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedTest {
    private final List<Long> seeds = new ArrayList<>();

    @Simulated(processes = 3, seeds = 4)
    void aTestRunsOnceForEachSeedInAGroupOfThatSize(SimulationBuilder mesh) {
        Simulation run = mesh.check(PropertySet.RELIABLE_BROADCAST)
                .load(BroadcastLoad.of(ReliableBroadcast.class, 5))
                .build();
        run.runUntilQuiet(Duration.ofSeconds(5), Duration.ofMinutes(1));

        assertThat(run.processes()).hasSize(3);
        assertThat(run.verdict().holds()).as(run.report()).isTrue();
        seeds.add(run.seed());
    }

    record Order(String item, int count) {}

    @Simulated(processes = 2, seeds = 1)
    void recordsAreBroadcastUnderTheirStableName(SimulationBuilder mesh) {
        List<Order> delivered = new ArrayList<>();
        Simulation run = mesh.payload("acme.order", Order.class)
                .onBuild(process -> {
                    var orders = process.node().service(ReliableBroadcast.class).channel("orders", Order.class);
                    orders.onDeliver((order, delivery) -> delivered.add(order));
                    process.after(Duration.ofSeconds(1), () -> orders.tryBroadcast(new Order(process.name(), 7)));
                })
                .build();
        run.runFor(Duration.ofSeconds(3));

        assertThat(delivered)
                .containsExactlyInAnyOrder(
                        new Order("p1", 7), new Order("p1", 7), new Order("p2", 7), new Order("p2", 7));
    }

    @AfterAll
    void allSeedsWereUsed() {
        if (System.getProperty("rustnet.seed") == null && !Boolean.getBoolean("rustnet.endurance")) {
            assertThat(seeds).containsExactly(1L, 2L, 3L, 4L);
        }
    }
}
