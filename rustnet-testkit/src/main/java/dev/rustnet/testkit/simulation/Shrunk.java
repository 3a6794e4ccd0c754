package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run that fails as another one did, with less in it. */
public final class Shrunk {
    // Injected
    private final Simulation failed;
    private final Simulation smaller;
    private final Verdict verdict;
    private final int runs;

    Shrunk(Simulation failed, Simulation smaller, Verdict verdict, int runs) {
        this.failed = failed;
        this.smaller = smaller;
        this.verdict = verdict;
        this.runs = runs;
    }

    /** What decides the smaller run. */
    public RunScript script() {
        return smaller.script();
    }

    /** What does not hold in it. */
    public Verdict verdict() {
        return verdict;
    }

    /** The smaller run. */
    public Simulation run() {
        return smaller;
    }

    /** The smaller run, once more, under observation. */
    public Simulation again(RunObserver watching) {
        return failed.again(script(), watching);
    }

    /** How many runs it took to find it. */
    public int runs() {
        return runs;
    }

    /** The entries of the failed run's trace, for each of the smaller run's. */
    public double reduction() {
        return (double) failed.trace().count() / smaller.trace().count();
    }

    /** For instance {@code 4 processes, 80 messages, 12 faults: 9,117 events; now 2 processes, 1 message, 1 fault: 211 events}. */
    public String sizes() {
        return String.format(
                Locale.ROOT,
                "%s: %,d events; now %s: %,d events (%,d runs)",
                failed.script().size(),
                failed.trace().count(),
                smaller.script().size(),
                smaller.trace().count(),
                runs);
    }

    /**
     * The smaller run as Java, to be pasted into a test. Components that were given, what was wired by hand, and loads that
     * do not have their code for a text are left to whoever pastes it.
     */
    public String code() {
        RunScript script = script();
        SimulationBuilder options = smaller.options();
        StringBuilder code = new StringBuilder();
        code.append("Simulation run = Simulation.of(")
                .append(script.processes())
                .append(")\n    .seed(")
                .append(script.seed())
                .append(script.seed() > Integer.MAX_VALUE ? "L" : "")
                .append(")");
        if (options.componentsGiven()) {
            code.append("\n    .components(/* as in the scenario that failed */)");
        }
        code.append("\n    .network(").append(script.network()).append(")");
        code.append("\n    .startSpread(").append(Code.of(script.startSpread())).append(")");
        if (!options.settings().isEmpty()) {
            code.append("\n    .config(")
                    .append(Code.quoted(settings(options.settings())))
                    .append(")");
        }
        options.properties()
                .forEach(set -> code.append("\n    .check(").append(check(set)).append(")"));
        if (options.detectorWatched()) {
            code.append("\n    .watchDetector()");
        }
        if (!options.onBuild().isEmpty()) {
            code.append("\n    .onBuild(/* as in the scenario that failed */)");
        }
        options.loads().forEach(load -> code.append("\n    .load(").append(load).append(")"));
        if (options.loads().stream().anyMatch(load -> load.messages() > 0)) {
            code.append("\n    .messages(").append(joined(script.messages())).append(")");
        }
        if (options.stopsAllowed()) {
            code.append("\n    .mayStop()");
        }
        String faults = script.faults().toString().replace("\n", "\n    ");
        code.append("\n    .faults(").append(faults).append(")\n    .build();\n");
        code.append("run.runUntilQuiet(")
                .append(Code.of(smaller.rest()))
                .append(", ")
                .append(Code.of(smaller.deadline()))
                .append(");\n");
        String subject = options.properties().size() == 1 ? "run.verdict()" : "verdict";
        if (options.properties().size() > 1) {
            code.append("for (RunVerdict verdict : run.verdicts()) ");
        }
        return code.append("assertThat(")
                .append(subject)
                .append(".holds()).as(run.report()).isTrue();")
                .toString();
    }

    /** Sizes, verdict and code, for whoever has a seed that fails. */
    public String report() {
        return "made smaller: " + sizes() + "\n" + verdict + "\n" + code();
    }

    private static String settings(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = \"" + setting.getValue() + "\"")
                .collect(Collectors.joining("\n"));
    }

    private static String check(PropertySet set) {
        if (PropertySet.all().contains(set)) {
            return "PropertySet.named(" + Code.quoted(set.name()) + ")";
        }
        return "PropertySet.of(" + Code.quoted(set.name())
                + set.properties().stream()
                        .map(property -> ", Property." + property.name())
                        .collect(Collectors.joining())
                + ")";
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
