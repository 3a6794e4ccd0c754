package dev.rustnet.launcher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * A request ends for certain, is handled at most once, and has its own reply or none: through resets, partitions, pauses,
 * crashes and restarts. Timeouts are longer than any run, so that it is not they who end it.
 */
final class RequestsTest {
    private static final int SEEDS = 40;
    private static final Duration LONGER_THAN_ANY_RUN = Duration.ofHours(10);

    @Test
    void requestsEndForCertainAndAreHandledAtMostOnce() {
        Map<Reason, Integer> failures = mustHold(RequestsTest::mixed);

        assertThat(failures).containsOnlyKeys(Reason.SUSPECTED);
    }

    @Test
    void alsoWhereProcessesComeBackAndAreExcluded() {
        Map<Reason, Integer> failures = mustHold(RequestsTest::withRestarts);

        assertThat(failures).containsKeys(Reason.SUSPECTED, Reason.GONE);
    }

    @Test
    void overFairLossLinksSomeWaitForEver() {
        assertThat(firstViolation(RequestsTest::mixed, RequestsByHand.Mistake.OVER_FAIR_LOSS_LINKS))
                .contains("waits for ever");
    }

    @Test
    void withoutADetectorThoseToACrashedProcessWaitForEver() {
        assertThat(firstViolation(RequestsTest::mixed, RequestsByHand.Mistake.WITHOUT_A_DETECTOR))
                .contains("waits for ever");
    }

    @Test
    void whoAsksAgainIsHandledTwice() {
        assertThat(firstViolation(RequestsTest::mixed, RequestsByHand.Mistake.ASKS_AGAIN))
                .contains("was handled 2 times");
    }

    @Test
    void withAPerfectDetectorTheyFailWithTheCrash() {
        RequestLoad load = new RequestLoad(40, LONGER_THAN_ANY_RUN, RequestLoad::typedLinks);
        Simulation run = rested(scenario(1)
                .config("rustnet.components.failure-detector.assume-synchrony = true")
                .faults(new FaultPlan()
                        .at(2, TimeUnit.SECONDS)
                        .partition("p1,p2,p3", "p4")
                        .at(2500, TimeUnit.MILLISECONDS)
                        .crash("p4"))
                .load(load));

        assertThat(load.violations()).as(run.report()).isEmpty();
        assertThat(load.failures()).isNotEmpty();
    }

    private static Map<Reason, Integer> mustHold(LongFunction<SimulationBuilder> scenario) {
        ScenarioSeeds seeds = ScenarioSeeds.of(SEEDS, 1_000);
        Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
        for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
            RequestLoad load = new RequestLoad(100, LONGER_THAN_ANY_RUN, RequestLoad::typedLinks);
            Simulation run = rested(scenario.apply(seed).load(load));
            assertThat(load.violations()).as(run.report()).isEmpty();
            assertThat(load.replied()).as(run.report()).isPositive();
            load.failures().forEach((reason, count) -> failures.merge(reason, count, Integer::sum));
        }
        return failures;
    }

    private static String firstViolation(LongFunction<SimulationBuilder> scenario, RequestsByHand.Mistake mistake) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RequestLoad load = new RequestLoad(
                    100, LONGER_THAN_ANY_RUN, process -> process.node().service(RequestLoad.Asking.class));
            rested(scenario.apply(seed)
                    .components(() -> new RequestsByHand(mistake).besideTheOthers())
                    .load(load));
            List<String> violations = load.violations();
            if (!violations.isEmpty()) {
                return violations.get(0);
            }
        }
        throw new AssertionError("the mistake is not found: this scenario proves nothing");
    }

    private static SimulationBuilder mixed(long seed) {
        return scenario(seed).faults(mix());
    }

    private static SimulationBuilder withRestarts(long seed) {
        return scenario(seed)
                .config("rustnet.services.group-membership = group-membership")
                .faults(mix().restarts(1));
    }

    private static RandomFaults mix() {
        return RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(15), 1);
    }

    private static SimulationBuilder scenario(long seed) {
        return Simulation.of(4)
                .seed(seed)
                .network(NetworkOptions.random(seed))
                .payload("square-of", RequestLoad.SquareOf.class)
                .payload("square", RequestLoad.Square.class);
    }

    private static Simulation rested(SimulationBuilder scenario) {
        Simulation run = scenario.build();
        assertThat(run.runUntilQuiet(Duration.ofMinutes(2), Duration.ofMinutes(10)))
                .as(run.report())
                .isTrue();
        return run;
    }
}
