package dev.rustnet.launcher.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.group.Group;
import dev.rustnet.node.Node;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Links that are busy with data for much longer than the detector's timeout, and a detector that takes silence for a crash:
 * nobody is detected who lives, because heartbeats never wait behind data.
 */
final class HeartbeatsBesideLoadTest {
    private static final String PERFECT =
            "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s, assume-synchrony = true }\n";

    /** 16 KiB in at least 50 ms: a full window of a link takes longer than the timeout. */
    private static final NetworkOptions NARROW = NetworkOptions.lan()
            .withDelays(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(200))
            .withWriteBuffer(16 * 1024);

    /** The window of reliable broadcast takes them all, so that one process holds them when the source crashes. */
    private static final int RELAYED = 100_000;

    private static final String LARGE_WINDOW =
            "rustnet.components.reliable-broadcast { window-messages = 131072, window-bytes = 16MiB }\n";

    private static SimulationBuilder mesh(long seed, int processes) {
        return Simulation.of(processes)
                .seed(seed)
                .config(PERFECT)
                .onBuild(DetectorWatch::on)
                .check(PropertySet.PERFECT_FAILURE_DETECTOR);
    }

    private static Simulation rested(SimulationBuilder scenario) {
        Simulation run = scenario.build();
        run.runUntilQuiet(Duration.ofSeconds(10), Duration.ofMinutes(10));
        return run;
    }

    /** Each process keeps the window of each of its links full, for as many rounds. */
    private record Bulk(int rounds) implements Load {
        private static final Duration INTERVAL = Duration.ofMillis(10);

        @Override
        public BooleanSupplier begin(SimulatedProcess process) {
            AtomicInteger left = new AtomicInteger(rounds);
            process.node().onReceive((from, message) -> {});
            process.after(Duration.ofSeconds(1), () -> fill(process, left));
            return () -> left.get() == 0;
        }

        private static void fill(SimulatedProcess process, AtomicInteger left) {
            for (Group.Member member : process.node().group().members()) {
                if (!member.name().equals(process.name())) {
                    fill(process.node(), member.name());
                }
            }
            if (left.decrementAndGet() > 0) {
                process.after(INTERVAL, () -> fill(process, left));
            }
        }

        private static void fill(Node node, String receiver) {
            try {
                while (true) {
                    node.send(receiver, new byte[1024]);
                }
            } catch (WindowFullException e) {
                // Full, as it should be.
            } catch (IllegalArgumentException e) {
                // The receiver counts as crashed: the twin's doing.
            }
        }
    }

    private static SimulationBuilder bulk(long seed) {
        return mesh(seed, 3).network(NARROW).load(new Bulk(2_000));
    }

    @Test
    void bulkOnTheSameLinksDelaysNoHeartbeat() {
        ScenarioSeeds.of(5, 50).mustHold(seed -> rested(bulk(seed)));
    }

    @Test
    void heartbeatsThatWaitBehindTheBulkAreMissed() {
        assertThat(ScenarioSeeds.of(5, 50)
                        .mustFail(seed ->
                                rested(bulk(seed).components(() -> new HeartbeatsBehindData().amongTheOthers())))
                        .property())
                .isEqualTo(Property.PFD2);
    }

    /** All that the first broadcasts has reached the second alone when it crashes. */
    private static SimulationBuilder relay(long seed, Class<? extends Broadcast> service) {
        return mesh(seed, 4)
                .config(LARGE_WINDOW)
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(BroadcastLoad.of(service, RELAYED)
                        .from(Duration.ofMillis(2500))
                        .every(Duration.ZERO))
                .messages(RELAYED, 0, 0, 0)
                .faults(new FaultPlan()
                        .at(2, SECONDS)
                        .partition("p1", "p3,p4")
                        .at(3200, MILLISECONDS)
                        .crash("p1"));
    }

    @Test
    void theRelayOfAHundredThousandMessagesDelaysNoHeartbeat() {
        ScenarioSeeds.of(2, 20).mustHold(seed -> {
            Simulation run = rested(relay(seed, ReliableBroadcast.class));
            assertThat(run.process("p4").node().counters().get("reliable-broadcast.delivered"))
                    .isEqualTo(RELAYED);
            return run;
        });
    }

    @Test
    void withoutARelayTheyReachNobodyElse() {
        assertThat(ScenarioSeeds.of(2, 20)
                        .mustFail(seed -> rested(relay(seed, BestEffortBroadcast.class)))
                        .property())
                .isEqualTo(Property.RB4);
    }
}
