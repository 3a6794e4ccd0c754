package dev.rustnet.bench;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.micro.MicroBenchmarks;
import dev.rustnet.bench.micro.MicroScale;
import dev.rustnet.bench.report.JsonFile;
import dev.rustnet.bench.report.MarkdownTable;
import dev.rustnet.bench.report.Report;
import dev.rustnet.bench.report.Section;
import dev.rustnet.bench.report.SvgPlot;
import dev.rustnet.bench.work.Metric;
import dev.rustnet.bench.work.Scale;
import dev.rustnet.bench.work.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command of the benchmark: which contenders, at which work, how often; and where the report goes. */
@Command(
        name = "rustnet bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures rustnet, JGroups and a raw NIO yardstick at the same work, in one run: separate JVMs on loopback TCP,"
                    + " default configuration, fresh launches that take turns.",
            "Without options: about an hour. --quick: about five minutes, good for a first look only.",
            "--micro: the parts of rustnet one by one, by JMH, without a network; about eleven minutes, with --quick three."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, and every delivered message was the right one",
            "1:a launch or a benchmark of a part failed, or messages were lost, doubled, out of order or damaged",
            "2:the command line is wrong"
        })
public final class Bench implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "LETTER",
            description = {"What to measure:", "${COMPLETION-CANDIDATES}", "Default: ${DEFAULT-VALUE}"},
            completionCandidates = WorkloadNames.class,
            defaultValue = "a,b,c,d,e")
    private List<String> workloads = List.of();

    @Option(
            names = "--components",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Whom to measure, of ${COMPLETION-CANDIDATES}. The yardstick always runs. Default: ${DEFAULT-VALUE}",
            completionCandidates = ContenderNames.class,
            defaultValue = "best-effort,reliable,uniform-reliable,jgroups,jgroups-acknowledged")
    private List<String> components = List.of();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "BYTES",
            description =
                    "Bytes of a message, for (a) and (b); 20 or more. The others take 1024. Default: ${DEFAULT-VALUE}",
            defaultValue = "100,1024,10240")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "N",
            description =
                    "Processes of a group, 2 to 16; several, as in 2,4,8, to see how cost grows. Default: ${DEFAULT-VALUE}",
            defaultValue = "4")
    private List<Integer> peers = List.of();

    @Option(
            names = "--launches",
            paramLabel = "N",
            description = "Of each, medians are taken. Default: ${DEFAULT-VALUE}",
            defaultValue = "5")
    private int launches;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Before anything counts. Default: ${DEFAULT-VALUE}",
            defaultValue = "8")
    private int warmUpSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "That count. Default: ${DEFAULT-VALUE}",
            defaultValue = "5")
    private int seconds;

    @Option(
            names = "--quick",
            description =
                    "Where nothing else is said: 1 launch, 1024 bytes, 4 s of warm-up, 3 s that count, (a) and (c) only.")
    private boolean quick;

    @Option(
            names = "--micro",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "TEXT",
            description = {
                "Nanoseconds and bytes allocated by the parts of which the way of a broadcast is made; with TEXT only those"
                        + " whose names contain it. Goes with --launches (2, with --quick 1), --warm-up (3, with --quick 1),"
                        + " --seconds (5, with --quick 3) and --output (micro.md)."
            })
    private @Nullable String micro;

    @Option(names = "--check", description = "Every message carries a checksum, and each delivered one is verified.")
    private boolean check;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A setting of rustnet's nodes, instead of its default.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where bench.md, bench.json and bench.svg go, or micro.md. Default: ${DEFAULT-VALUE}",
            defaultValue = "target/bench")
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Path output;

    Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (micro != null) {
            return measureParts(micro);
        }
        if (quick) {
            sizes = otherwise("--sizes", sizes, List.of(1024));
            workloads = otherwise("--workloads", workloads, List.of("a", "c"));
            launches = otherwise("--launches", launches, 1);
            warmUpSeconds = otherwise("--warm-up", warmUpSeconds, 4);
            seconds = otherwise("--seconds", seconds, 3);
        }
        Set<Contender> contenders = contenders();
        List<Workload> work = workloads.stream().map(this::workload).toList();
        requireRanges();
        Map<Section, Scale> plan = plan(work);
        PrintWriter progress = spec.commandLine().getErr();
        int steps = launches * plan.size() * contenders.size();
        int step = 0;
        long begin = System.nanoTime();
        boolean wrong = false;
        for (int launch = 1; launch <= launches; launch++) {
            for (Map.Entry<Section, Scale> entry : plan.entrySet()) {
                for (Contender contender : contenders) {
                    step++;
                    Section section = entry.getKey();
                    if (section.workload().suits(contender)) {
                        progress.printf(
                                Locale.ROOT, "%3d/%d %s: %s%n", step, steps, section.title(), contender.title());
                        progress.flush();
                        Map<Metric, Double> figures = section.workload().measure(contender, entry.getValue());
                        wrong |= figures.getOrDefault(Metric.WRONG, 0.0) > 0;
                        section.add(contender, figures);
                    }
                }
            }
        }
        write(new Report(machine(), launches, notes(contenders), new ArrayList<>(plan.keySet())));
        progress.printf(
                Locale.ROOT,
                "took %d s%n",
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        progress.flush();
        return wrong ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private int measureParts(String part) throws IOException, RunnerException {
        for (String option : List.of("--workloads", "--components", "--sizes", "--peers", "--check", "--set")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw wrong(option + " does not go with --micro, which measures no groups");
            }
        }
        launches = otherwise("--launches", launches, quick ? 1 : 2);
        warmUpSeconds = otherwise("--warm-up", warmUpSeconds, quick ? 1 : 3);
        seconds = otherwise("--seconds", seconds, quick ? 3 : 5);
        requireRanges();
        List<String> benchmarks = MicroBenchmarks.named(part);
        if (benchmarks.isEmpty()) {
            throw wrong("--micro: no benchmark has \"" + part + "\" in its name; there are "
                    + String.join(", ", MicroBenchmarks.shortNames()));
        }
        var scale = new MicroScale(launches, warmUpSeconds, seconds, Duration.ofSeconds(1));
        new MicroRun(spec.commandLine(), benchmarks, scale).measure(machine(), output);
        return ExitCode.OK;
    }

    private <T> T otherwise(String option, T given, T quickly) {
        return spec.commandLine().getParseResult().hasMatchedOption(option) ? given : quickly;
    }

    private Map<Section, Scale> plan(List<Workload> work) {
        Map<Section, Scale> plan = new LinkedHashMap<>();
        for (Workload workload : work) {
            for (int members : peers) {
                for (int length : workload.sized() ? sizes : List.of(1024)) {
                    plan.put(
                            new Section(workload, members, length),
                            new Scale(members, length, warmUpSeconds, seconds, check, settings));
                }
            }
        }
        return plan;
    }

    private void write(Report report) throws IOException {
        Files.createDirectories(output);
        String table = MarkdownTable.of(report);
        Files.writeString(output.resolve("bench.md"), table);
        Files.writeString(output.resolve("bench.json"), JsonFile.of(report));
        Files.writeString(output.resolve("bench.svg"), SvgPlot.of(report));
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().println("\nbench.md, bench.json and bench.svg are in " + output.toAbsolutePath());
        spec.commandLine().getOut().flush();
    }

    private Set<Contender> contenders() {
        Set<Contender> contenders = EnumSet.of(Contender.RAW);
        for (String word : components) {
            contenders.add(Arrays.stream(Contender.values())
                    .filter(contender -> contender.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong("--components: nobody is called \"" + word + "\"; there are "
                            + String.join(", ", new ContenderNames()))));
        }
        return contenders;
    }

    private Workload workload(String letter) {
        return Arrays.stream(Workload.values())
                .filter(workload -> workload.letter().equals(letter))
                .findFirst()
                .orElseThrow(() -> wrong("--workloads: there is no \"" + letter + "\"; there are\n"
                        + String.join("\n", new WorkloadNames())));
    }

    private void requireRanges() {
        require(launches, 1, 1_000, "--launches");
        require(warmUpSeconds, 0, 3_600, "--warm-up");
        require(seconds, 1, 3_600, "--seconds");
        sizes.forEach(size -> require(size, 20, 1_000_000, "--sizes"));
        peers.forEach(members -> require(members, 2, 16, "--peers"));
    }

    private void require(int value, int least, int most, String option) {
        if (value < least || value > most) {
            throw wrong(option + ": " + value + " is not from " + least + " to " + most);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private List<String> notes(Set<Contender> contenders) {
        List<String> notes = new ArrayList<>();
        notes.add(warmUpSeconds + " s of warm-up, " + seconds
                + " s that count; the slowest process decides; every delivered"
                + " message is looked at (sender, number" + (check ? ", checksum)" : ")")
                + ", but the yardstick's are only counted in (a) and (b)");
        notes.add("(f) and (g) are measured with group-membership in place of the membership below");
        contenders.stream()
                .filter(contender -> !contender.components().isEmpty())
                .findFirst()
                .ifPresent(contender -> notes.add("rustnet ran with " + contender.components() + ", "
                        + (settings.isEmpty() ? "everything by default" : "and these settings: " + settings)));
        return notes;
    }

    private static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, JDK " + Runtime.version();
    }

    /** For the help text. */
    static final class ContenderNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        ContenderNames() {
            super(Arrays.stream(Contender.values()).map(Contender::word).toList());
        }
    }

    /** For the help text. */
    static final class WorkloadNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        WorkloadNames() {
            super(Arrays.stream(Workload.values())
                    .map(workload -> workload.letter() + " = " + workload.title())
                    .toList());
        }
    }
}
