package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogException;
import dev.rustnet.testkit.events.EventLogReader;
import dev.rustnet.testkit.events.ProcessIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges the log files of a run, in one pass and constant memory for each file. */
public final class EventLogs {
    /**
     * One log: that of one incarnation.
     *
     * @param process the number of the process in the logs
     * @param name what reports call it
     * @param crashed whether it was killed; one whose log ends with {@code e} counts as crashed anyway
     */
    public record ProcessLog(int process, String name, Path file, boolean crashed) {}

    private EventLogs() {}

    /**
     * Judges a run in which every process has one incarnation. The number of a process is what the file
     * {@code <log>.ids} says, or else the rank (from 1) of its name among the names.
     *
     * @param logs by name of the process
     * @param crashed names of those that were killed
     * @throws EventLogException when a log cannot be read; the message begins with file and line
     */
    public static RunVerdict check(Map<String, Path> logs, Set<String> crashed, PropertySet properties) {
        return check(processLogs(logs, crashed), properties, Optional.empty());
    }

    /**
     * The logs of a run in which every process has one incarnation, with the numbers of the processes.
     *
     * @param logs by name of the process
     * @param crashed names of those that were killed
     * @throws IllegalArgumentException when a process is said to have been killed that has no log
     */
    public static List<ProcessLog> processLogs(Map<String, Path> logs, Set<String> crashed) {
        if (!logs.keySet().containsAll(crashed)) {
            Set<String> unknown = new TreeSet<>(crashed);
            unknown.removeAll(logs.keySet());
            throw new IllegalArgumentException("crashed, but without a log: " + String.join(", ", unknown)
                    + "; there are logs of " + String.join(", ", new TreeSet<>(logs.keySet())));
        }
        List<ProcessLog> list = new ArrayList<>();
        int rank = 0;
        for (Map.Entry<String, Path> log : new TreeMap<>(logs).entrySet()) {
            rank++;
            boolean killed = crashed.contains(log.getKey());
            int process = ProcessIds.read(log.getValue(), killed)
                    .map(ProcessIds::writer)
                    .orElse(rank);
            list.add(new ProcessLog(process, log.getKey(), log.getValue(), killed));
        }
        return list;
    }

    /**
     * Judges a run with any number of incarnations.
     *
     * @param unfinished why the run had not come to rest; empty when it had
     * @throws EventLogException when a log cannot be read, or two are of one process
     */
    public static RunVerdict check(Collection<ProcessLog> logs, PropertySet properties, Optional<String> unfinished) {
        SortedMap<Integer, ProcessLog> byProcess = new TreeMap<>();
        for (ProcessLog log : logs) {
            ProcessLog other = byProcess.put(log.process(), log);
            if (other != null) {
                throw new EventLogException(
                        log.file() + ":1: is the log of process " + log.process() + ", and so is " + other.file());
            }
        }
        RunMonitors monitors = new RunMonitors(properties);
        Set<Integer> crashed = new HashSet<>();
        SortedMap<Integer, String> names = new TreeMap<>();
        byProcess.forEach((process, log) -> {
            names.put(process, log.name());
            if (log.crashed()) {
                crashed.add(process);
            }
        });
        monitors.begins(byProcess.keySet());
        replay(byProcess, new Listener() {
            @Override
            public void event(int process, Event event) {
                if (event instanceof Event.End) {
                    crashed.add(process);
                }
                monitors.event(process, event);
            }

            @Override
            public void ended(int process) {
                monitors.ends(process);
            }
        });
        return monitors.verdict(new RunFacts(names, crashed, false, unfinished));
    }

    /** Takes the events of a run. */
    public interface Listener {
        /** @param process the number of the process at which it happened */
        void event(int process, Event event);

        /** The log of that process has been read to its end. */
        default void ended(int process) {}
    }

    /**
     * Hands over the events of all logs, those of each in their order and a delivery after its broadcast: reads each log
     * as far as it goes before it needs a broadcast that another log must bring first. Memory does not grow with the logs.
     *
     * @param logs by the number of the process
     * @throws EventLogException when a log cannot be read
     */
    public static void replay(SortedMap<Integer, ProcessLog> logs, Listener listener) {
        SortedMap<Integer, LogCursor> cursors = new TreeMap<>();
        try {
            logs.forEach((process, log) ->
                    cursors.put(process, new LogCursor(process, new EventLogReader(log.file(), log.crashed()))));
            boolean progress = true;
            Set<Integer> ended = new HashSet<>();
            while (progress) {
                progress = false;
                for (Map.Entry<Integer, LogCursor> cursor : cursors.entrySet()) {
                    progress |= cursor.getValue().advance(cursors, listener);
                    if (cursor.getValue().atEnd() && ended.add(cursor.getKey())) {
                        listener.ended(cursor.getKey());
                    }
                }
                if (!progress) {
                    // What is delivered here was never broadcast, or a circle of logs contradict each other: for the
                    // monitors to judge.
                    progress = forceOne(cursors, listener);
                }
            }
        } finally {
            cursors.values().forEach(LogCursor::close);
        }
    }

    private static boolean forceOne(SortedMap<Integer, LogCursor> cursors, Listener listener) {
        for (LogCursor cursor : cursors.values()) {
            if (!cursor.atEnd()) {
                cursor.take(listener);
                return true;
            }
        }
        return false;
    }
}
