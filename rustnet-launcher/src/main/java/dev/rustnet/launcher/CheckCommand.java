package dev.rustnet.launcher;

import dev.rustnet.launcher.console.Terminal;
import dev.rustnet.launcher.console.VerdictTable;
import dev.rustnet.launcher.diagram.DiagramFiles;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.diagram.LogDiagram;
import dev.rustnet.testkit.events.EventLogException;
import dev.rustnet.testkit.events.ProcessIds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges the event logs of a run. */
@Command(
        name = "check",
        description = {
            "Checks event logs against the properties of a guarantee: one log for each process of the run, all of them.",
            "A process is called as its log's .ids file names it, a restarted one with its count as in third/2, or else as"
                    + " the log file without its extension. Judge a run only after it has come to rest: what is still on"
                    + " its way counts as never delivered."
        },
        footerHeading = "%nExample:%n",
        footer = {"  rustnet check --crashed third --html run.html first.events second.events third.events"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every property holds",
            "1:a property is violated, or the run proves nothing",
            "2:the command line is wrong, or a log cannot be read"
        })
final class CheckCommand implements Callable<Integer> {
    /** What {@code --guarantee} may name. */
    static final class Guarantees implements Iterable<String> {
        /** Made by picocli. */
        Guarantees() {}

        @Override
        public Iterator<String> iterator() {
            return PropertySet.all().stream().map(PropertySet::name).iterator();
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            defaultValue = "uniform-reliable-broadcast",
            description = "Whose properties: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            completionCandidates = Guarantees.class)
    private String guarantee = "";

    @Option(
            names = "--crashed",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Which processes were killed: names, separated by commas. They need not have delivered everything.")
    private List<String> crashed = List.of();

    @Parameters(paramLabel = "LOG", arity = "1..*", description = "The event logs, one for each process.")
    private List<Path> logs = List.of();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private DiagramFiles diagrams;

    /** Made by picocli. */
    CheckCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ProcessLog> processes;
        RunVerdict verdict;
        try {
            processes = EventLogs.processLogs(byName(), Set.copyOf(crashed));
            verdict = EventLogs.check(processes, PropertySet.named(guarantee), Optional.empty());
        } catch (IllegalArgumentException | EventLogException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        VerdictTable.print(List.of(verdict), Terminal.detect().outputStyle(System.getenv()), out);
        if (!verdict.holds() && crashed.isEmpty()) {
            out.println("A process that was killed is taken for correct here: name it with --crashed.");
        }
        if (diagrams.wanted()) {
            diagrams.write(LogDiagram.of(processes, verdict.guarantee(), again(), List.of(verdict)), out);
        }
        out.flush();
        return verdict.holds() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    private String again() {
        return "rustnet check --guarantee " + guarantee
                + (crashed.isEmpty() ? "" : " --crashed " + String.join(",", crashed)) + " "
                + logs.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    private Map<String, Path> byName() {
        Map<String, Path> byName = new LinkedHashMap<>();
        for (Path log : logs) {
            Path other = byName.put(name(log), log);
            if (other != null) {
                throw new ParameterException(
                        spec.commandLine(), other + " and " + log + " are both of process " + name(log));
            }
        }
        return byName;
    }

    private static String name(Path log) {
        return ProcessIds.read(log, true).flatMap(ProcessIds::writerName).orElseGet(() -> withoutExtension(log));
    }

    private static String withoutExtension(Path log) {
        String file = String.valueOf(log.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
