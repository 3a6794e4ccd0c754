package dev.rustnet.launcher.simulate;

import dev.rustnet.launcher.console.Terminal;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.process.Guarantee;
import dev.rustnet.launcher.process.GuaranteeConverter;
import dev.rustnet.launcher.process.SettingPath;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.diagram.SpaceTimeRecorder;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
        description = {
            "Runs processes with the components of this distribution in the simulator: real nodes, a virtual clock, a simulated"
                    + " network. The seed decides everything; the same seed gives the same run.",
            "Each process broadcasts some messages; the run is judged by the properties of the guarantee. With --seeds, runs many"
                    + " seeds on all cores and stops at the first that fails."
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--component",
            paramLabel = "BROADCAST",
            defaultValue = "uniform-reliable",
            converter = GuaranteeConverter.class,
            description =
                    "Which broadcast carries the messages: best-effort, reliable, uniform-reliable or, where a plug-in provides it,"
                            + " causal. Default: ${DEFAULT-VALUE}.")
    private Guarantee component = Guarantee.UNIFORM_RELIABLE;

    @Option(
            names = "--check",
            paramLabel = "NAME",
            description = "Whose properties are checked, such as reliable-broadcast. Default: those of the component.")
    private @Nullable String check;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many processes, 1 to " + MOST_PROCESSES + ". Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many messages each process broadcasts. Default: ${DEFAULT-VALUE}.")
    private int messages;

    @Option(
            names = "--crash",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many processes crash, at moments from the seed. Default: ${DEFAULT-VALUE}.")
    private int crashes;

    @Option(
            names = "--faults",
            description =
                    "A rough network too: uneven delays, broken connections, partitions, pauses, slow handlers, all healed"
                            + " in the end.")
    private boolean faults;

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
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "86400",
            description = "No further seed is begun after that time.")
    private long timeLimitSeconds;

    @Option(names = "--threads", paramLabel = "N", description = "How many runs at once. Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "A setting of every node, such as rustnet.components.failure-detector.timeout=3s. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private DiagramFiles diagrams;

    /** Made by picocli. */
    SimulateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Scenario scenario = scenario();
        PrintWriter out = spec.commandLine().getOut();
        return untilFailure || seeds > 1 ? many(scenario, out) : one(scenario, seed, out);
    }

    private int one(Scenario scenario, long which, PrintWriter out) {
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        Simulation run = scenario.run(which, recorder);
        out.println(run.verdict());
        out.printf(
                Locale.ROOT,
                "seed %d: %d events in %.3f s of virtual time, trace %016x%n",
                which,
                run.steps(),
                run.now().toNanos() / 1e9,
                run.trace().hash());
        if (!run.verdict().holds()) {
            out.println(run.plan());
        }
        if (diagrams.wanted()) {
            diagrams.write(recorder.of(run, title(which), command(which)), out);
        }
        out.flush();
        return run.verdict().holds() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    private int many(Scenario scenario, PrintWriter out) throws InterruptedException {
        long count = untilFailure ? Long.MAX_VALUE - seed : seeds;
        long startNanos = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = Terminal.detect().error();
        SeedRuns runs = new SeedRuns(scenario, threads, collect && !untilFailure, (reached, events, failed) -> {
            if (terminal) {
                err.printf(Locale.ROOT, "\r%,d seeds, %,d events, %d failed ", reached, events, failed);
                err.flush();
            }
        });
        SeedRuns.Result result = runs.run(
                seed, count, startNanos + Duration.ofSeconds(timeLimitSeconds).toNanos());
        if (terminal) {
            err.println();
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(
                Locale.ROOT,
                "%,d seeds in %.1f s: %,d events, %,.0f a second on %d threads%n",
                result.seeds(),
                seconds,
                result.events(),
                result.events() / seconds,
                threads);
        result.exercised().forEach((what, times) -> out.printf(Locale.ROOT, "  %,12d %s%n", times, what));
        if (result.failed().isEmpty()) {
            out.println(scenario.properties().name() + " holds in all of them");
            out.flush();
            return ExitCode.GOOD;
        }
        long first = result.failed().first();
        out.printf(Locale.ROOT, "%d failed: %s%n", result.failed().size(), result.failed());
        out.println("again: " + command(first));
        return one(scenario, first, out);
    }

    private Scenario scenario() {
        require(processes >= 1 && processes <= MOST_PROCESSES, "--processes must be from 1 to " + MOST_PROCESSES);
        require(messages >= 1, "--messages must be at least 1");
        require(
                crashes >= 0 && crashes <= processes,
                "--crash must be from 0 to the number of processes, " + processes);
        require(seeds >= 1, "--seeds must be at least 1");
        require(threads >= 1, "--threads must be at least 1");
        settings.keySet().forEach(path -> SettingPath.check(path, spec));
        require(timeLimitSeconds >= 1, "--time-limit must be at least 1 second");
        return new Scenario(component.service(), properties(), processes, messages, crashes, faults, settings);
    }

    private PropertySet properties() {
        try {
            return PropertySet.named(check == null ? component + "-broadcast" : check);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--check: " + e.getMessage(), e);
        }
    }

    private void require(boolean condition, String sentence) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    private String title(long which) {
        return component + " broadcast, " + processes + " processes, seed " + which;
    }

    private String command(long which) {
        StringBuilder command = new StringBuilder("rustnet simulate --component ").append(component);
        if (check != null) {
            command.append(" --check ").append(check);
        }
        command.append(" --processes ").append(processes);
        command.append(" --messages ").append(messages);
        if (crashes > 0) {
            command.append(" --crash ").append(crashes);
        }
        if (faults) {
            command.append(" --faults");
        }
        settings.forEach((path, value) ->
                command.append(" --set ").append(path).append('=').append(value));
        return command.append(" --seed ").append(which).toString();
    }
}
