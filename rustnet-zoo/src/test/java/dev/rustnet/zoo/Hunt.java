package dev.rustnet.zoo;

import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.RunScript;
import dev.rustnet.testkit.simulation.Shrinker;
import dev.rustnet.testkit.simulation.Shrunk;
import dev.rustnet.testkit.simulation.Simulation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the first seed with which a scenario fails, and makes its run smaller; or runs what was found once more. Lives in
 * the world with the bug, and talks in texts.
 */
public final class Hunt implements World.Errand {
    /** Made in each world. */
    public Hunt() {}

    /**
     * Asks for {@code scenario}, {@code seeds}, and {@code shrink}, how many events that may take, or 0. Answers, when a seed
     * has failed, with {@code seed}, {@code breaks}, {@code words}, and what a {@link Found} has to say. With {@code seed} in
     * place of {@code seeds}: what that seed and the smaller run of the order break, as {@code breaks} and {@code again}, each
     * empty when nothing is broken.
     */
    @Override
    public Map<String, String> apply(Map<String, String> order) {
        Scenario scenario = Scenario.named(order.get("scenario"));
        if (order.containsKey("seed")) {
            return again(scenario, order);
        }
        long seeds = Long.parseLong(order.get("seeds"));
        for (long seed = 1; seed <= seeds; seed++) {
            Optional<Simulation> run = judgedRun(scenario, seed);
            Optional<Verdict> failure = run.flatMap(Scenario::failure);
            if (failure.isPresent()) {
                return answer(order, seed, run.get(), failure.get());
            }
        }
        return Map.of();
    }

    /** A run that ends with an exception shows a bug as well, but breaks no property: the next seed is asked. */
    private static Optional<Simulation> judgedRun(Scenario scenario, long seed) {
        try {
            return Optional.of(scenario.run(seed));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> answer(Map<String, String> order, long seed, Simulation run, Verdict failure) {
        long mostEvents = Long.parseLong(order.get("shrink"));
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("seed", "" + seed);
        answer.put("breaks", breaks(failure));
        answer.put("words", firstLine(failure));
        if (mostEvents > 0) {
            Shrunk shrunk = Shrinker.shrink(run, mostEvents, script -> theRealCodePasses(order, seed, script))
                    .orElseThrow();
            answer.put("size", run.script().size());
            answer.put("events", "" + run.trace().count());
            answer.put("smaller-events", "" + shrunk.run().trace().count());
            answer.put("smaller-words", firstLine(shrunk.verdict()));
            answer.putAll(Found.texts(shrunk.script()));
        }
        return answer;
    }

    /** What the correct build fails as well has left what the algorithm assumes, and shows no bug. */
    private static boolean theRealCodePasses(Map<String, String> order, long seed, RunScript script) {
        Map<String, String> same = new LinkedHashMap<>(Found.texts(script));
        same.put("scenario", order.get("scenario"));
        same.put("seed", "" + seed);
        return World.real(Hunt.class, same).get("again").isEmpty();
    }

    private static String firstLine(Verdict failure) {
        return failure.words().lines().findFirst().orElse("").strip();
    }

    private static Map<String, String> again(Scenario scenario, Map<String, String> order) {
        Simulation run = scenario.run(Long.parseLong(order.get("seed")));
        RunScript script = Found.script(order);
        Simulation smaller = run.again(script, new RunObserver() {});
        return Map.of(
                "breaks", Scenario.failure(run).map(Hunt::breaks).orElse(""),
                "again", Scenario.failure(smaller).map(Hunt::breaks).orElse(""));
    }

    /** The short name of what does not hold. */
    private static String breaks(Verdict failure) {
        if (failure.outcome() == Verdict.Outcome.VIOLATED) {
            return failure.property().name();
        }
        return failure.words().contains(" stopped by itself") ? Bug.STOPS : Bug.NEVER_RESTS;
    }
}
