package dev.rustnet.plugins.causalbroadcast;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.groupmembership.GroupMembershipComponent;
import dev.rustnet.plugins.reliablebroadcast.ReliableBroadcastComponent;
import dev.rustnet.plugins.uniformreliablebroadcast.UniformReliableBroadcastComponent;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.ReplicatedState;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A state that follows from causal deliveries is given to joiners as it is once all of the cut is delivered in causal order. */
class CausalStateTransferTest {
    private static final int SEEDS =
            Boolean.getBoolean("rustnet.endurance") ? 500 : Integer.getInteger("rustnet.seeds", 20);

    @Test
    void joinersHaveTheStateOfTheirGroup() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ReplicatedState state = new ReplicatedState(
                    List.of(CausalBroadcast.class, UniformReliableBroadcast.class), 100, Duration.ofMillis(120), 1_000);
            Simulation run = Simulation.of(4)
                    .seed(seed)
                    .network(
                            seed % 2 == 0
                                    ? NetworkOptions.datagrams()
                                    : NetworkOptions.rough()
                                            .withDelays(
                                                    Duration.ofMillis(1),
                                                    Duration.ofMillis(10),
                                                    Duration.ofMillis(120)))
                    .components(() -> List.of(
                            new FailureDetectorComponent(),
                            new GroupMembershipComponent(),
                            new ReliableBroadcastComponent(),
                            new UniformReliableBroadcastComponent(),
                            new CausalBroadcastComponent()))
                    .config("""
                            rustnet.services.group-membership = group-membership
                            rustnet.components { failure-detector { heartbeat-interval = 500ms, timeout = 2s }
                            group-membership.join-timeout = 10s
                            causal-broadcast.over = %s }
                            """.formatted(seed % 3 == 0 ? "reliable-broadcast" : "uniform-reliable-broadcast"))
                    .load(state)
                    .faults(new FaultPlan()
                            .at(6_000 + seed % 700, MILLISECONDS)
                            .crash("p1")
                            .at(6_800, MILLISECONDS)
                            .restart("p1")
                            .at(17_000 + seed % 900, MILLISECONDS)
                            .crash("p3")
                            .at(18_500, MILLISECONDS)
                            .restart("p3"))
                    .mayStop()
                    .build();

            assertThat(run.runUntilQuiet(Duration.ofSeconds(30), Duration.ofMinutes(20)))
                    .as(run.report())
                    .isTrue();
            List<Integer> alive = run.processes().stream()
                    .filter(process -> process.state() == SimulatedProcess.State.RUNNING)
                    .map(SimulatedProcess::number)
                    .toList();
            assertThat(alive).as(run.report()).containsExactly(1001, 2, 1003, 4);
            assertThat(state.problems(alive)).as(run.report()).isEmpty();
            assertThat(state.taken()).as(run.report()).isEqualTo(2);
        }
    }
}
