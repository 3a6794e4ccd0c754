package dev.rustnet.plugins.reliablebroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.plugins.failuredetector.FailureDetectorComponent;
import dev.rustnet.plugins.staticmembership.StaticMembershipComponent;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers that may block, on a thread of their own. */
class DeliverOnThreadSimulationTest {
    private static final Duration REST = Duration.ofSeconds(12);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private static SimulationBuilder mesh(String deliverOn) {
        return Simulation.of(3)
                .components(() -> List.of(
                        new FailureDetectorComponent(),
                        new StaticMembershipComponent(),
                        new ReliableBroadcastComponent()))
                .config("rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n"
                        + "rustnet.components.reliable-broadcast.deliver-on = " + deliverOn);
    }

    @Test
    void reliableBroadcastHoldsOverARoughNetwork() {
        ScenarioSeeds.of(50).mustHold(seed -> {
            Simulation run = mesh("thread")
                    .seed(seed)
                    .network(NetworkOptions.rough())
                    .check(PropertySet.RELIABLE_BROADCAST)
                    .load(BroadcastLoad.of(ReliableBroadcast.class, 30))
                    .build();
            run.runUntilQuiet(REST, DEADLINE);
            return run;
        });
    }

    @Test
    void aHandlerThatTakesLongerThanTheTimeoutGetsItsProcessSuspectedOnTheLoopOnly() {
        assertThat(suspicionsWithASlowHandler("loop")).isNotEmpty();
        assertThat(suspicionsWithASlowHandler("thread")).isEmpty();
    }

    private static List<String> suspicionsWithASlowHandler(String deliverOn) {
        List<String> suspicions = new ArrayList<>();
        List<String> delivered = new ArrayList<>();
        Simulation run = mesh(deliverOn)
                .onBuild(process -> {
                    process.node()
                            .topics()
                            .subscribe(
                                    FailureDetector.PROCESS_SUSPECTED,
                                    suspected -> suspicions.add(process.name() + " suspects " + suspected.process()));
                    process.node()
                            .service(ReliableBroadcast.class)
                            .channel("orders")
                            .onDeliver(delivery -> {
                                delivered.add(process.name() + " " + delivery.text());
                                if (process.name().equals("p1")) {
                                    process.spend(Duration.ofSeconds(5));
                                }
                            });
                    if (process.name().equals("p2")) {
                        process.after(Duration.ofSeconds(5), () -> {
                            for (int k = 1; k <= 3; k++) {
                                process.node()
                                        .service(ReliableBroadcast.class)
                                        .channel("orders")
                                        .broadcast("m" + k);
                            }
                        });
                    }
                })
                .build();
        run.runFor(Duration.ofMinutes(1));
        assertThat(delivered).hasSize(9).contains("p1 m3");
        return suspicions;
    }
}
