package dev.rustnet.launcher;

import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.events.EventLogException;
import dev.rustnet.testkit.events.ProcessIds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
                    + " the log file without its extension."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            defaultValue = "uniform-reliable-broadcast",
            description = "Whose properties, such as best-effort-broadcast. Default: ${DEFAULT-VALUE}.")
    private String guarantee = "";

    @Option(
            names = "--crashed",
            paramLabel = "NAME",
            split = ",",
            description = "Which processes were killed. May be repeated.")
    private List<String> crashed = List.of();

    @Parameters(paramLabel = "LOG", arity = "1..*", description = "The event logs.")
    private List<Path> logs = List.of();

    /** Made by picocli. */
    CheckCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        RunVerdict verdict = verdict();
        out.println(verdict);
        out.flush();
        return verdict.holds() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    private RunVerdict verdict() {
        try {
            return EventLogs.check(byName(), Set.copyOf(crashed), PropertySet.named(guarantee));
        } catch (IllegalArgumentException | EventLogException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
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
