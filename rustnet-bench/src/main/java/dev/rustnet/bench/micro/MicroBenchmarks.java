package dev.rustnet.bench.micro;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The micro-benchmarks of this module, run by JMH. */
public final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /** Those whose short name, such as {@code Frame.encode}, contains that text, in whatever case, in the order of these names. */
    public static List<String> named(String part) {
        return BenchmarkList.defaultList().getAll(silent(), List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .filter(name -> contains(MicroFigure.name(name), part))
                .sorted(Comparator.comparing(MicroFigure::name))
                .toList();
    }

    /** The short names of all. */
    public static List<String> shortNames() {
        return named("").stream().map(MicroFigure::name).toList();
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /**
     * Runs those benchmarks, one after the other. On the calling thread, for as long as that takes.
     *
     * @param benchmarks as {@link #named} gives them
     * @param progress told the short name of each before it runs
     * @throws RunnerException when one fails, or another JMH is at work on this machine
     */
    public static List<MicroFigure> measure(List<String> benchmarks, MicroScale scale, Consumer<String> progress)
            throws RunnerException {
        List<MicroFigure> figures = new ArrayList<>();
        for (String benchmark : benchmarks) {
            progress.accept(MicroFigure.name(benchmark));
            Collection<RunResult> results = new Runner(options(benchmark, scale), silent()).run();
            results.forEach(result -> figures.add(MicroFigure.of(result)));
        }
        return figures;
    }

    private static Options options(String benchmark, MicroScale scale) {
        TimeValue each = TimeValue.nanoseconds(scale.each().toNanos());
        return new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(scale.forks())
                .warmupIterations(scale.warmUps())
                .warmupTime(each)
                .measurementIterations(scale.iterations())
                .measurementTime(each)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
    }

    private static OutputFormat silent() {
        return OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
    }
}
