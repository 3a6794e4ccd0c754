package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.console.Style;
import dev.rustnet.launcher.console.Terminal;
import dev.rustnet.launcher.console.VerdictTable;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.process.FileProblem;
import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.diagram.HtmlPage;
import dev.rustnet.testkit.diagram.LogDiagram;
import dev.rustnet.testkit.diagram.SpaceTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the demonstration, and judges it. */
@Command(
        name = "demo",
        description = {
            "Runs a mesh of processes on this machine that exchange lines of text by uniform reliable broadcast, kills"
                    + " one with SIGKILL in mid-stream, starts it again once the others have excluded it, goes on with"
                    + " it, and checks the event logs of all against the properties that must hold. Each view of the"
                    + " group is told as it comes into force.",
            "The lines come from standard input when something is piped into it, else from a text that ships with"
                    + " rustnet.",
            "At the end it draws the run as a page to look at in a browser, and says where that page is."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String NOBODY = "none";
    private static final String PAGE = "run.html";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many processes, 3 to 9. Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Use at most so many lines. Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(
            names = "--kill",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "third",
            description = "Whom to kill in mid-stream and to start again, one after the other: names such as"
                    + " first,third, or none. Default: ${DEFAULT-VALUE}.")
    private List<String> kill = List.of();

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            description = "Where to write configurations, event logs and logs; kept. Default: a temporary directory.")
    private @Nullable Path directory;

    @Option(names = "--keep", description = "Keep the temporary directory even when all went well.")
    private boolean keep;

    /** Made by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> names = names();
        List<String> victims = victims(names);
        Path files = directory();
        // Last, when nothing can be wrong with the command line any more: what is read of the input is gone.
        InputLines input =
                InputLines.pipedOrShipped(System.in, Terminal.detect().input(), lines);
        DemoPlan plan = new DemoPlan(names, victims, input);
        PrintWriter out = spec.commandLine().getOut();
        Style style = Terminal.detect().outputStyle(System.getenv());
        Timeline timeline = new Timeline(out, style, plan.processes());

        Mesh mesh = new Mesh(java());
        Runtime.getRuntime().addShutdownHook(new Thread(mesh::close, "rustnet-demo-end"));
        List<RunVerdict> verdicts;
        Path page;
        try (mesh) {
            start(plan, files, mesh, timeline);
            Demo demo = new Demo(plan, mesh, timeline);
            Optional<String> unfinished = demo.run();
            List<ProcessLog> logs = logs(mesh);
            verdicts = judge(logs, unfinished);
            page = draw(files, logs, verdicts);
            demo.stop();
        }
        out.println();
        VerdictTable.print(verdicts, style, out);
        out.println();
        boolean good = verdicts.stream().allMatch(RunVerdict::holds);
        conclude(good, verdicts.get(0), files, style, out);
        out.println("The run as a picture: " + page + "  (open it in a browser)");
        out.flush();
        return good ? ExitCode.GOOD : ExitCode.FAILED;
    }

    private List<String> names() {
        if (processes < DemoPlan.MIN_PROCESSES || processes > DemoPlan.MAX_PROCESSES) {
            throw usage("--processes must be from " + DemoPlan.MIN_PROCESSES + " to " + DemoPlan.MAX_PROCESSES);
        }
        if (lines < 1) {
            throw usage("--lines must be at least 1");
        }
        return DemoPlan.names(processes);
    }

    private List<String> victims(List<String> names) {
        List<String> victims = kill.equals(List.of(NOBODY))
                ? List.of()
                : kill.stream().distinct().toList();
        for (String victim : victims) {
            if (!names.contains(victim)) {
                throw usage("--kill: no process is called " + victim + "; there are " + String.join(", ", names));
            }
        }
        return victims;
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private Path directory() throws IOException {
        if (directory == null) {
            return Files.createTempDirectory("rustnet-demo-");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw usage("--dir: " + directory + " is no directory and cannot be made one: " + FileProblem.reason(e));
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory)) {
            throw usage("--dir: " + directory + " may not be read and written");
        }
        try (var entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw usage("--dir: " + directory + " is not empty; an earlier run's logs would mix with this one's");
            }
        }
        return directory;
    }

    private void start(DemoPlan plan, Path directory, Mesh mesh, Timeline timeline) throws IOException {
        List<Integer> ports = FreePorts.find(plan.processes().size());
        List<NodeFiles> files = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            files.add(NodeFiles.in(directory, plan.processes().get(i), "127.0.0.1:" + ports.get(i)));
        }
        for (NodeFiles file : files) {
            file.writeConfig(files);
        }
        timeline.say("configurations, event logs and logs are in " + directory.toAbsolutePath());
        timeline.say("a member that a majority of the view has suspected for " + DemoPlan.EXCLUSION_TIMEOUT_SECONDS
                + " s is excluded (group-membership.exclusion-timeout)");
        for (NodeFiles file : files) {
            NodeProcess node = mesh.start(file);
            timeline.say(file.name(), "started, pid " + node.pid() + ", " + file.address() + ", " + file.config());
        }
    }

    /** The Java, the options and the class path of this process, and its main class. */
    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Drustnet.terminal=")) // Their streams lead to us.
                .forEach(command::add);
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path")));
        command.add(spec.root().userObject().getClass().getName());
        return command;
    }

    private static List<ProcessLog> logs(Mesh mesh) {
        Map<String, Path> logs = new TreeMap<>();
        Set<String> killed = new TreeSet<>();
        for (NodeProcess node : mesh.all()) {
            logs.put(node.label(), node.files().events());
            if (node.killed()) {
                killed.add(node.label());
            }
        }
        return EventLogs.processLogs(logs, killed);
    }

    private static List<RunVerdict> judge(List<ProcessLog> logs, Optional<String> unfinished) {
        return List.of(
                EventLogs.check(logs, PropertySet.UNIFORM_RELIABLE_BROADCAST, unfinished),
                EventLogs.check(logs, PropertySet.FAILURE_DETECTOR, unfinished));
    }

    /** Draws the run; the page is in the same directory as the logs. */
    private static Path draw(Path directory, List<ProcessLog> logs, List<RunVerdict> verdicts) throws IOException {
        SpaceTime diagram = LogDiagram.of(logs, "The demo: uniform reliable broadcast", "", verdicts);
        return Files.writeString(directory.resolve(PAGE), HtmlPage.of(diagram)).toAbsolutePath();
    }

    private void conclude(boolean good, RunVerdict broadcast, Path files, Style style, PrintWriter out)
            throws IOException {
        out.println((good ? style.good("All properties hold") : style.bad("Not all properties hold")) + ", over "
                + broadcast.broadcasts() + " broadcasts and " + broadcast.deliveries() + " deliveries.");
        if (good && directory == null && !keep) {
            delete(files);
            out.println("The other files in " + files + " have been deleted; --keep keeps them.");
        } else {
            out.println("The files are in " + files.toAbsolutePath());
        }
        out.flush();
    }

    /** All but the page. */
    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (var entries = Files.list(directory)) {
            files = entries.filter(file -> !file.endsWith(PAGE)).collect(Collectors.toList());
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
