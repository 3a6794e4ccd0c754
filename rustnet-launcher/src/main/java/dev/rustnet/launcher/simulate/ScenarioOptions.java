package dev.rustnet.launcher.simulate;

import dev.rustnet.launcher.process.SettingPath;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.Delays;
import dev.rustnet.testkit.simulation.FaultLines;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what runs. */
final class ScenarioOptions {
    private static final int MOST_PROCESSES = 4_096;
    private static final int LEAST_PAYLOAD = 12;
    private static final int MOST_JUMPS = 1_000;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--component",
            paramLabel = "NAME",
            defaultValue = "uniform-reliable",
            description =
                    "What is tested: a broadcast (best-effort, reliable, uniform-reliable, causal), or any component of this"
                            + " distribution or in plugins/. Default: ${DEFAULT-VALUE}.")
    private String component = "";

    @Option(
            names = "--check",
            paramLabel = "NAME",
            description = "Whose properties are checked, such as reliable-broadcast. Default: those of the component.")
    private @Nullable String check;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many processes, 1 to " + MOST_PROCESSES + ": p1, p2, ... Default: ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "5",
            split = ",",
            description =
                    "How many messages each process broadcasts: one number, or one for each process, such as 0,3,1,0. Default:"
                            + " ${DEFAULT-VALUE}.")
    private List<Integer> messages = List.of();

    @Option(
            names = "--senders",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many processes broadcast, from the first on; the others deliver only. Default: all.")
    private int senders;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "100ms",
            converter = TimeConverter.class,
            description =
                    "The mean time between two messages of a process; 0 for as fast as it may. Default: ${DEFAULT-VALUE}.")
    private Duration every = Scenario.INTERVAL;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "16",
            description = "How long a message is, at least " + LEAST_PAYLOAD + " bytes. Default: ${DEFAULT-VALUE}.")
    private int payload;

    @Option(
            names = "--crash",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many processes crash, at moments from the seed. Default: ${DEFAULT-VALUE}.")
    private int crashes;

    @Option(
            names = "--crash-at-events",
            description =
                    "Of those that crash, some do so at one of their own events: a broadcast, delivery or suspicion.")
    private boolean crashesAtEvents;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "How many processes at most crash and start again, at moments from the seed, besides those that crash for good.",
                "For a membership that takes them back: with --set rustnet.services.group-membership=group-membership."
            })
    private int restarts;

    @Option(
            names = "--clock-jumps",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many times at most a wall clock jumps, by up to a day, at moments from the seed.")
    private int clockJumps;

    @Option(
            names = "--faults",
            description =
                    "Broken connections, partitions, pauses and slow handlers too, at moments from the seed, all healed in the"
                            + " end; and a rough network.")
    private boolean faults;

    @Option(
            names = "--fault",
            paramLabel = "LINE",
            description = {
                "Something that goes wrong at a moment of your choice; may be repeated. Such as:",
                "at 3s crash p2",
                "at 3s crash p2 after 2 sends",
                "at 0s crash p2 at event 7",
                "at 3s crash-host p2",
                "at 9s restart p2",
                "at 3s partition p1,p2 from p3 for 5s",
                "at 3s stall p1 from p2 for 5s",
                "at 3s lose p1 to p2 for 5s",
                "at 9s heal",
                "at 9s heal p1 from p2",
                "at 3s pause p2 for 500ms",
                "at 3s block p2 for 200ms",
                "at 3s reset p1 p2",
                "at 3s reset-one-end p1 p2",
                "at 3s skew p2 by 1h"
            })
    private List<String> lines = List.of();

    @Option(
            names = "--fault-plan",
            paramLabel = "FILE",
            description = "A file of such lines; what follows a # is passed over.")
    private @Nullable Path plan;

    @Option(
            names = "--network",
            paramLabel = "KIND",
            converter = NetworkConverter.class,
            description = {
                "lan; rough: uneven links, delays up to 200 ms, short writes; datagrams: as rough, and frames are lost,"
                        + " duplicated, reordered; random: another one with each seed; random:N: the one of seed N.",
                "Default: lan, with --faults rough."
            })
    private @Nullable Network network;

    @Option(
            names = "--delays",
            paramLabel = "KIND",
            converter = DelaysConverter.class,
            description =
                    "How the delays of the network are distributed: mostly-typical, constant, uniform, exponential or heavy-tail."
                            + " Default: as the network says; lan, rough and datagrams say mostly-typical.")
    private @Nullable Delays delays;

    @Option(
            names = "--rest",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "How long nothing must have happened before a run is judged. Default: 8s; 20s when something goes wrong"
                            + " besides crashes; 75s with group-membership.")
    private @Nullable Duration rest;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "A setting of every node, such as rustnet.components.failure-detector.timeout=3s. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Made by picocli. */
    ScenarioOptions() {}

    int processes() {
        return processes;
    }

    /** What is simulated. */
    Subject subject() {
        settings.keySet().forEach(path -> SettingPath.check(path, spec));
        try {
            return Subject.find(component, settings);
        } catch (IllegalArgumentException e) {
            throw usage("--component: " + e.getMessage(), e);
        }
    }

    /** The scenario, when all options make sense. */
    Scenario scenario(Subject subject) {
        require(processes >= 1 && processes <= MOST_PROCESSES, "--processes must be from 1 to " + MOST_PROCESSES);
        require(
                messages.stream().allMatch(count -> count >= 0)
                        && messages.stream().anyMatch(count -> count >= 1),
                "--messages must be at least 1, of one process at least");
        require(
                messages.size() == 1 || messages.size() == processes,
                "--messages must be one number, or one for each of the " + processes + " processes");
        require(rest == null || rest.toMillis() >= 1, "--rest must be longer than nothing");
        require(payload >= LEAST_PAYLOAD, "--payload must be at least " + LEAST_PAYLOAD);
        require(!every.isNegative(), "--every must not be negative");
        require(
                senders >= 0 && senders <= processes && (senders == 0 || messages.size() == 1),
                "--senders must be from 1 to the number of processes, " + processes
                        + ", and --messages then one number");
        require(
                crashes >= 0 && crashes <= processes,
                "--crash must be from 0 to the number of processes, " + processes);
        require(
                restarts >= 0 && restarts <= processes - crashes,
                "--restarts must be from 0 to the number of processes that do not crash for good, "
                        + (processes - crashes));
        require(clockJumps >= 0 && clockJumps <= MOST_JUMPS, "--clock-jumps must be from 0 to " + MOST_JUMPS);
        require(
                clockJumps == 0 || restarts == 0,
                "--clock-jumps and --restarts do not go together: a process that starts again tells by its clock that it is a"
                        + " later one");
        List<String> faultLines = faultLines();
        Map<String, String> all = new LinkedHashMap<>(subject.settings());
        all.putAll(settings);
        return new Scenario(
                subject.load().service(),
                properties(subject),
                processes,
                messagesOfEach(),
                every,
                payload,
                crashes,
                crashesAtEvents,
                faults,
                restarts,
                clockJumps,
                networkOrDefault(),
                delays,
                faultPlan(faultLines),
                restarts > 0 || faultLines.stream().anyMatch(line -> line.matches(".*\\brestart\\b.*")),
                all,
                rest);
    }

    private List<Integer> messagesOfEach() {
        if (senders == 0) {
            return messages;
        }
        List<Integer> ofEach = new ArrayList<>(Collections.nCopies(senders, messages.get(0)));
        ofEach.addAll(Collections.nCopies(processes - senders, 0));
        return ofEach;
    }

    /** What is assumed by what runs and is not the case, if anything. */
    Optional<String> brokenAssumption(Subject subject) {
        return subject.brokenAssumption(processes, crashes, settings);
    }

    /** The command that runs that seed again, alone. */
    String command(long seed) {
        List<String> words = new ArrayList<>();
        if (senders > 0) {
            words.addAll(List.of("--senders", "" + senders));
        }
        if (crashes > 0) {
            words.addAll(List.of("--crash", "" + crashes));
        }
        if (crashesAtEvents) {
            words.add("--crash-at-events");
        }
        if (restarts > 0) {
            words.addAll(List.of("--restarts", "" + restarts));
        }
        if (clockJumps > 0) {
            words.addAll(List.of("--clock-jumps", "" + clockJumps));
        }
        if (faults) {
            words.add("--faults");
        }
        if (network != null) {
            words.addAll(List.of("--network", network.toString()));
        }
        if (delays != null) {
            words.addAll(List.of("--delays", DelaysConverter.text(delays)));
        }
        lines.forEach(line -> words.addAll(List.of("--fault", line)));
        if (plan != null) {
            words.addAll(List.of("--fault-plan", plan.toString()));
        }
        if (rest != null) {
            words.addAll(List.of("--rest", FaultLines.text(rest)));
        }
        return command(processes, messages, words, seed);
    }

    /** The command that runs that seed of a scenario that differs from these options in what a shrinker makes smaller. */
    String command(Scenario smaller, long seed) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("--network", smaller.network().toString()));
        Delays distribution = smaller.delays();
        if (distribution != null) {
            words.addAll(List.of("--delays", DelaysConverter.text(distribution)));
        }
        FaultLines.of(smaller.plan()).forEach(line -> words.addAll(List.of("--fault", line)));
        words.addAll(List.of("--rest", FaultLines.text(smaller.rest())));
        return command(smaller.processes(), smaller.messages(), words, seed);
    }

    private String command(int ofProcesses, List<Integer> ofEach, List<String> whatGoesWrong, long seed) {
        List<String> words = new ArrayList<>(List.of("rustnet", "simulate", "--component", component));
        if (check != null) {
            words.addAll(List.of("--check", check));
        }
        words.addAll(List.of("--processes", "" + ofProcesses));
        words.addAll(List.of("--messages", ofEach.stream().map(String::valueOf).collect(Collectors.joining(","))));
        if (!every.equals(Scenario.INTERVAL)) {
            words.addAll(List.of("--every", FaultLines.text(every)));
        }
        if (payload != Scenario.PAYLOAD_BYTES) {
            words.addAll(List.of("--payload", "" + payload));
        }
        words.addAll(whatGoesWrong);
        settings.forEach((path, value) -> words.addAll(List.of("--set", path + "=" + value)));
        words.addAll(List.of("--seed", "" + seed));
        return String.join(" ", words.stream().map(ScenarioOptions::quoted).toList());
    }

    /** As a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private Network networkOrDefault() {
        if (network != null) {
            return network;
        }
        return faults ? Network.ROUGH : Network.LAN;
    }

    private PropertySet properties(Subject subject) {
        if (check == null) {
            return subject.properties();
        }
        try {
            return PropertySet.named(check);
        } catch (IllegalArgumentException e) {
            throw usage("--check: " + e.getMessage(), e);
        }
    }

    private List<String> faultLines() {
        List<String> all = new ArrayList<>(lines);
        if (plan != null) {
            try {
                all.addAll(Files.readAllLines(plan));
            } catch (IOException e) {
                throw usage("--fault-plan: " + plan + " cannot be read", e);
            }
        }
        return all;
    }

    private FaultPlan faultPlan(List<String> all) {
        try {
            return FaultLines.parse(all, Simulation.of(processes).processes());
        } catch (IllegalArgumentException e) {
            throw usage((lines.isEmpty() ? "--fault-plan " + plan + ": " : "--fault: ") + e.getMessage(), e);
        }
    }

    private void require(boolean condition, String sentence) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    private ParameterException usage(String sentence, Exception cause) {
        return new ParameterException(spec.commandLine(), sentence, cause);
    }
}
