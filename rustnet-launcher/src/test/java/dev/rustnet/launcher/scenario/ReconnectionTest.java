package dev.rustnet.launcher.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.group.Group;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections that are reset, all at once and several times in a row: within a second, of simulated time, all is well again. */
final class ReconnectionTest {
    private static final int PROCESSES = 4;
    private static final int SEEDS = 100;
    private static final Duration START = Duration.ofSeconds(3);
    private static final Duration LAST_RESET = START.plusMillis(400);
    private static final Duration RECOVERY = Duration.ofSeconds(1);

    private static FaultPlan resets(boolean oneEnd) {
        FaultPlan plan = new FaultPlan();
        for (long at = START.toMillis(); at <= LAST_RESET.toMillis(); at += 100) {
            for (int one = 1; one <= PROCESSES; one++) {
                for (int other = one + 1; other <= PROCESSES; other++) {
                    FaultPlan.At moment = plan.at(at, MILLISECONDS);
                    if (oneEnd) {
                        moment.resetOneEnd("p" + one, "p" + other);
                    } else {
                        moment.reset("p" + one, "p" + other);
                    }
                }
            }
        }
        return plan;
    }

    /** Whether what all send to all while their connections break is there within the time. */
    private static boolean recovers(long seed, boolean oneEnd, NetworkOptions network) {
        AtomicInteger received = new AtomicInteger();
        Simulation run = Simulation.of(PROCESSES)
                .seed(seed)
                .network(network)
                .faults(resets(oneEnd))
                .onBuild(process -> process.node().onReceive((from, message) -> received.incrementAndGet()))
                .build();
        run.runFor(LAST_RESET);
        run.processes().forEach(process -> process.after(Duration.ZERO, () -> sendToAll(process)));
        return run.runUntil(() -> received.get() == PROCESSES * (PROCESSES - 1), LAST_RESET.plus(RECOVERY));
    }

    private static void sendToAll(SimulatedProcess process) {
        for (Group.Member member : process.node().group().members()) {
            if (!member.name().equals(process.name())) {
                process.node().send(member.name(), new byte[] {1});
            }
        }
    }

    @Test
    void messagesArriveWithinASecondOfTheLastReset() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(recovers(seed, false, NetworkOptions.lan()))
                    .as("seed " + seed)
                    .isTrue();
        }
    }

    @Test
    void alsoWhereOneEndLearnsOfItOnlyWhenItSends() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(recovers(seed, true, NetworkOptions.lan()))
                    .as("seed " + seed)
                    .isTrue();
        }
    }

    @Test
    void whereARoundTripTakesHalfASecondTheyDoNot() {
        NetworkOptions slow =
                NetworkOptions.lan().withDelays(Duration.ofMillis(250), Duration.ofMillis(10), Duration.ofMillis(300));

        assertThat(recovers(1, false, slow)).isFalse();
    }
}
