package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario over many seeds. {@code -Drustnet.seed=N} runs that seed alone, {@code -Drustnet.endurance=true} runs
 * more of them, {@code -Drustnet.seeds=N} runs the seeds 1 to N whatever the test says, and prints what they have cost:
 * their events, and the CPU time of the thread that ran them. {@code -Drustnet.shrink-events=N} says how many events may be spent on making a run that fails smaller: 3,000,000
 * when it is not given, and with 0 it stays as it is.
 *
 * <pre>{@code
 * ScenarioSeeds.of(50).mustHold(seed -> {
 *     Simulation run = scenario(seed).build();
 *     run.runUntilQuiet(Duration.ofSeconds(10), Duration.ofMinutes(5));
 *     return run;
 * });
 * }</pre>
 */
public final class ScenarioSeeds {
    /** The system property that says how many events may be spent on making a run that fails smaller. */
    public static final String SHRINK_EVENTS = "rustnet.shrink-events";

    /** The system property that says how many seeds every scenario is run over. */
    public static final String SEEDS = "rustnet.seeds";

    private static final int ENDURANCE_FACTOR = 5;
    private static final long MOST_EVENTS_TO_SHRINK = 3_000_000;

    // Injected
    private final int seeds;
    private final @Nullable Long only;

    private ScenarioSeeds(int seeds, @Nullable Long only) {
        this.seeds = seeds;
        this.only = only;
    }

    /** The seeds 1 to {@code seeds}, five times as many in an endurance run, or the one that a property names. */
    public static ScenarioSeeds of(int seeds) {
        return of(seeds, seeds * ENDURANCE_FACTOR);
    }

    /** The seeds 1 to {@code seeds}, or to {@code enduranceSeeds} in an endurance run, or the one that a property names. */
    public static ScenarioSeeds of(int seeds, int enduranceSeeds) {
        boolean endurance = Boolean.getBoolean("rustnet.endurance");
        return new ScenarioSeeds(
                Integer.getInteger(SEEDS, endurance ? enduranceSeeds : seeds), Long.getLong("rustnet.seed"));
    }

    /**
     * Runs the scenario with each seed; what it returns has come to rest, and is judged on all its property sets.
     *
     * @throws AssertionError at the first seed whose verdict is anything but that all properties hold, or, with {@code
     *     -Drustnet.seeds}, after the last one, naming all that fail; the message says how to see the first again, and ends
     *     with a {@linkplain Shrinker smaller run} that fails in the same way
     */
    public void mustHold(LongFunction<Simulation> scenario) {
        boolean all = Integer.getInteger(SEEDS) != null;
        List<Long> failed = new ArrayList<>();
        String report = "";
        long events = 0;
        long beginNanos = cpuNanos();
        for (long seed = first(); seed <= last(); seed++) {
            Simulation run = run(scenario, seed);
            events += run.steps();
            Optional<RunVerdict> wrong =
                    run.verdicts().stream().filter(verdict -> !verdict.holds()).findFirst();
            if (wrong.isPresent()) {
                report = failed.isEmpty() ? wrong.get() + "\n" + run.report() + smaller(run) : report;
                failed.add(seed);
                if (!all) {
                    break;
                }
            }
        }
        if (all) {
            say(failed, events, (cpuNanos() - beginNanos) / 1e9);
        }
        if (!failed.isEmpty()) {
            throw new AssertionError(
                    (failed.size() > 1 ? "seeds " + failed + " fail; the first of them:\n" : "") + report);
        }
    }

    @SuppressWarnings("SystemOut")
    private void say(List<Long> failed, long events, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "seeds %,d to %,d, %,d failed: %,d events in %,.1f s of CPU time, %,.0f a second%n",
                first(),
                last(),
                failed.size(),
                events,
                seconds,
                events / seconds);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Runs a scenario whose protocol is deliberately too weak, until a checker finds a violation.
     *
     * @return the violation
     * @throws AssertionError when none of the seeds shows one: then the scenario proves nothing
     */
    public Verdict mustFail(LongFunction<Simulation> twin) {
        for (long seed = first(); seed <= last(); seed++) {
            Simulation run = run(twin, seed);
            for (RunVerdict verdict : run.verdicts()) {
                Optional<Verdict> violation = verdict.violation();
                if (violation.isPresent()) {
                    return violation.get();
                }
            }
        }
        throw new AssertionError("the weaker protocol passed with every seed from " + first() + " to " + last()
                + ": this scenario proves nothing");
    }

    private static String smaller(Simulation failed) {
        return Shrinker.shrink(failed, Long.getLong(SHRINK_EVENTS, MOST_EVENTS_TO_SHRINK))
                .map(Shrunk::report)
                .orElse("");
    }

    private static Simulation run(LongFunction<Simulation> scenario, long seed) {
        try {
            return scenario.apply(seed);
        } catch (RuntimeException e) {
            throw new AssertionError("seed=" + seed + ", run again with -Drustnet.seed=" + seed + ": " + e, e);
        }
    }

    /** The first seed. */
    public long first() {
        return only == null ? 1 : only;
    }

    /** The last seed. */
    public long last() {
        return only == null ? seeds : only;
    }
}
