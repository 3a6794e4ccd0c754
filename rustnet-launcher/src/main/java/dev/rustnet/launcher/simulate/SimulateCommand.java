package dev.rustnet.launcher.simulate;

import dev.rustnet.launcher.console.Style;
import dev.rustnet.launcher.console.Terminal;
import dev.rustnet.launcher.console.VerdictTable;
import dev.rustnet.launcher.diagram.DiagramFiles;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.diagram.SpaceTimeRecorder;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.RunTally;
import dev.rustnet.testkit.simulation.Shrinker;
import dev.rustnet.testkit.simulation.Shrunk;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs real nodes on a virtual clock and a simulated network. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Runs processes with the components of this distribution in the simulator: real nodes, a virtual clock, a simulated"
                    + " network. The seed decides everything; the same seed gives the same run.",
            "Each process broadcasts some messages; the run is judged by the properties of the component. With --seeds, runs many"
                    + " seeds on all cores and stops at the first that fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  one run, and its picture:",
            "    rustnet simulate --crash 1 --html run.html",
            "  does it hold?",
            "    rustnet simulate --faults --crash 1 --seeds 10000",
            "  a weaker broadcast, until it is caught, and the least that shows it:",
            "    rustnet simulate --component best-effort --crash 1",
            "        --check reliable-broadcast --until-failure --shrink"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every property holds in every run",
            "1:a property is violated, or a run proves nothing",
            "2:the command line or a setting is wrong"
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private ScenarioOptions options;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What decides everything left to chance; with --seeds, the first. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "How many seeds to run. Default: ${DEFAULT-VALUE}.")
    private long seeds;

    @Option(names = "--until-failure", description = "Runs seed after seed until one fails, or the time is up.")
    private boolean untilFailure;

    @Option(names = "--collect", description = "Goes on after a seed that fails, and names all of them.")
    private boolean collect;

    @Option(
            names = "--shrink",
            description = {
                "Makes the run that fails smaller: fewer processes, messages and faults, a plainer network, earlier.",
                "Prints the command that runs it, and the code of a test."
            })
    private boolean shrink;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "No further seed is begun after that time, such as 90s or 10m. Default: none.")
    private @Nullable Duration timeLimit;

    @Option(names = "--threads", paramLabel = "N", description = "How many runs at once. Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private DiagramFiles diagrams;

    /** Made by picocli. */
    SimulateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        require(seeds >= 1, "--seeds must be at least 1");
        require(threads >= 1, "--threads must be at least 1");
        require(timeLimit == null || timeLimit.toMillis() >= 1, "--time-limit must be longer than nothing");
        require(
                !(untilFailure && collect),
                "--until-failure stops at the first failure, and --collect goes on: only one");
        Subject subject = options.subject();
        Scenario scenario = options.scenario(subject);
        PrintWriter out = spec.commandLine().getOut();
        Style style = Terminal.detect().outputStyle(System.getenv());
        options.brokenAssumption(subject).ifPresent(note -> out.println(style.notice("note: ") + note));
        return untilFailure || seeds > 1
                ? many(subject, scenario, style, out)
                : one(subject, scenario, seed, style, out);
    }

    private int one(Subject subject, Scenario scenario, long which, Style style, PrintWriter out) {
        String command = options.command(which);
        if (shrink) {
            Simulation run = scenario.run(which, new RunObserver() {});
            if (!run.verdict().holds()) {
                Optional<Shrunk> shrunk = Shrinker.shrink(run);
                if (shrunk.isPresent()) {
                    return smaller(subject, scenario, run, shrunk.get(), style, out);
                }
                out.println("it could not be made smaller: run again from its plan, it did not fail in the same way");
            }
        }
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        long startNanos = System.nanoTime();
        Simulation run = scenario.run(which, recorder);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        verdict(run, style, out);
        if (seconds > 1) { // Not with the rest: what is printed there is the same each time.
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "it took %.1f s, %,.0f events a second%n", seconds, run.steps() / seconds);
        }
        if (!run.verdict().holds()) {
            out.println("what went wrong by plan, to paste into a test:");
            out.println(run.plan());
        }
        seeIt(subject, recorder, run, command, out);
        if (!run.verdict().holds() && !shrink) {
            out.println("make it smaller: " + command + " --shrink");
        }
        out.flush();
        return run.verdict().holds() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    /** Shows a smaller run that fails as that one did, in its place. */
    private int smaller(
            Subject subject, Scenario scenario, Simulation failed, Shrunk shrunk, Style style, PrintWriter out) {
        out.println("made smaller: " + shrunk.sizes());
        out.println("from: " + options.command(failed.seed()));
        out.println();
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        Scenario smaller = scenario.with(shrunk.script(), failed.seed());
        Simulation run = smaller.run(shrunk.script().seed(), recorder);
        verdict(run, style, out);
        out.println("to paste into a test:");
        out.println(shrunk.code());
        String command = options.command(smaller, run.seed());
        if (diagrams.wanted()) {
            out.println("run it again: " + command); // where no diagram is wanted, the command that draws one is told
        }
        seeIt(subject, recorder, run, command, out);
        out.flush();
        return ExitCode.FAILED;
    }

    private static void verdict(Simulation run, Style style, PrintWriter out) {
        VerdictTable.print(List.of(run.verdict()), style, out);
        out.printf(
                Locale.ROOT,
                "seed %d: %,d events in %.3f s of virtual time, trace %016x%n",
                run.seed(),
                run.steps(),
                run.now().toNanos() / 1e9,
                run.trace().hash());
    }

    private void seeIt(Subject subject, SpaceTimeRecorder recorder, Simulation run, String command, PrintWriter out) {
        if (diagrams.wanted()) {
            diagrams.write(recorder.of(run, subject.title(), command), out);
        } else if (!run.verdict().holds()) {
            out.println("see it: " + command + " --html seed-" + run.seed() + ".html");
        }
    }

    private int many(Subject subject, Scenario scenario, Style style, PrintWriter out) throws InterruptedException {
        long count = untilFailure ? Long.MAX_VALUE - Math.max(0, seed) : seeds;
        long startNanos = System.nanoTime();
        ProgressLine progress = new ProgressLine(
                spec.commandLine().getErr(),
                Terminal.detect().error(),
                untilFailure ? Long.MAX_VALUE : seeds,
                startNanos);
        Duration limit = timeLimit == null ? Duration.ofDays(3650) : timeLimit;
        SeedRuns.Result result =
                new SeedRuns(scenario, threads, collect, progress).run(seed, count, startNanos + limit.toNanos());
        progress.end();
        double seconds = Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
        out.printf(
                Locale.ROOT,
                "%,d seeds in %.1f s: %,d events, %,.0f a second on %d threads%n",
                result.seeds(),
                seconds,
                result.events(),
                result.events() / seconds,
                threads);
        if (result.timeUp()) {
            out.println(
                    untilFailure
                            ? "the time is up"
                            : String.format(Locale.ROOT, "the time is up: %,d seeds are left", count - result.seeds()));
        }
        exercised(result.exercised(), out);
        if (result.seeds() == 0) {
            out.println("no seed was run: that proves nothing");
            return ExitCode.FAILED;
        }
        if (result.failed().isEmpty()) {
            out.println(style.good(scenario.properties().name() + " holds in all of them"));
            out.flush();
            return ExitCode.GOOD;
        }
        failures(result.failed(), style, out);
        return one(subject, scenario, result.failed().firstKey(), style, out);
    }

    private static void exercised(SortedMap<String, Long> counts, PrintWriter out) {
        counts.forEach((what, times) -> out.printf(Locale.ROOT, "  %,12d %s%n", times, what));
        String never = RunTally.KINDS.stream()
                .filter(kind -> !counts.containsKey(kind))
                .collect(Collectors.joining(", "));
        if (!never.isEmpty()) {
            out.println("  never happened, so not tested: " + never);
        }
    }

    private void failures(SortedMap<Long, Verdict> failed, Style style, PrintWriter out) {
        if (collect) {
            out.println(style.bad(String.format(Locale.ROOT, "%,d failed: ", failed.size()))
                    + failed.keySet().stream().limit(1_000).map(String::valueOf).collect(Collectors.joining(", ")));
        }
        failed.entrySet().stream()
                .limit(MOST_NAMED)
                .forEach(each -> out.println("seed " + each.getKey() + ": "
                        + style.bad(each.getValue().toString())));
        if (failed.size() > MOST_NAMED) {
            out.printf(Locale.ROOT, "... and %,d more%n", failed.size() - MOST_NAMED);
        }
        if (diagrams.wanted() || failed.size() > 1) {
            out.println("the first of them, again: " + options.command(failed.firstKey()));
        }
        out.println();
    }

    private void require(boolean condition, String sentence) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
