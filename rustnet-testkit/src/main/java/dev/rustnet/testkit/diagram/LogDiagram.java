package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.diagram.SpaceTime.About;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Band;
import dev.rustnet.testkit.diagram.SpaceTime.BandKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The diagram of a run of which there are only the event logs. They do not say when something happened by a common clock,
 * nor by which way a message came: each event stands at its Lamport time, so that causes are left of their effects, and an
 * arrow leads from a broadcast to each of its deliveries.
 */
public final class LogDiagram {
    private static final int MOST_POINTS = 60_000;
    private static final long TICK_NANOS = 1_000;

    /** An event on its way into the diagram. */
    private record Placed(int row, long tick, PointKind kind, String text, String message) {}

    /** One process, and how far it has come. */
    private static final class Line {
        private final ProcessLog log;
        private final int row;
        private int points;
        private long tick;

        Line(ProcessLog log, int row) {
            this.log = log;
            this.row = row;
        }
    }

    // State
    private final SortedMap<Integer, Line> lines = new TreeMap<>();
    private final Map<String, Long> broadcast = new HashMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private boolean complete = true;

    private LogDiagram() {}

    /**
     * Reads the logs.
     *
     * @param logs of all processes
     * @param title what ran
     * @param replay the command that judges the logs again, or empty
     * @param verdicts the judgement
     * @throws EventLogException when a log cannot be read
     */
    public static SpaceTime of(Collection<ProcessLog> logs, String title, String replay, List<RunVerdict> verdicts) {
        return new LogDiagram().draw(logs, title, replay, verdicts);
    }

    private SpaceTime draw(Collection<ProcessLog> logs, String title, String replay, List<RunVerdict> verdicts) {
        List<ProcessLog> sorted = logs.stream()
                .sorted(Comparator.comparingInt(ProcessLog::process))
                .toList();
        SortedMap<Integer, ProcessLog> byProcess = new TreeMap<>();
        for (ProcessLog log : sorted) {
            lines.put(log.process(), new Line(log, lines.size()));
            byProcess.put(log.process(), log);
        }
        int most = MOST_POINTS / sorted.size();
        EventLogs.replay(byProcess, (process, event) -> place(Objects.requireNonNull(lines.get(process)), event, most));
        placeCrashes();
        placed.sort(Comparator.comparingLong(Placed::tick).thenComparingInt(Placed::row));
        List<Point> points = new ArrayList<>();
        Map<String, Integer> sources = new HashMap<>();
        List<Arrow> arrows = new ArrayList<>();
        for (Placed each : placed) {
            int id = points.size();
            points.add(new Point(id, each.row(), each.tick() * TICK_NANOS, each.kind(), each.text(), each.message()));
            if (each.kind() == PointKind.BROADCAST) {
                sources.put(each.message(), id);
            } else if (each.kind() == PointKind.DELIVER) {
                Integer source = sources.get(each.message());
                if (source != null && points.get(source).process() != each.row()) {
                    List<String> messages = List.of(each.message());
                    arrows.add(
                            new Arrow(arrows.size(), source, id, each.row(), -1, ArrowKind.DATA, List.of(), messages));
                }
            }
        }
        long endNanos = (placed.stream().mapToLong(Placed::tick).max().orElse(0) + 1) * TICK_NANOS;
        List<Band> bands = points.stream()
                .filter(point -> point.kind() == PointKind.CRASH || point.kind() == PointKind.END)
                .map(point ->
                        new Band(BandKind.DOWN, List.of(point.process()), point.atNanos(), endNanos, point.text()))
                .toList();
        String note =
                "Drawn from event logs. They have no common clock, so that each event stands at its Lamport time: left of"
                        + " another does not mean earlier, unless arrows and lines lead from the one to the other.";
        return new SpaceTime(
                new About(title, replay, List.of(), List.of(note), List.of(), SpaceTime.Clock.LOGICAL),
                sorted.stream().map(ProcessLog::name).toList(),
                points,
                arrows,
                bands,
                endNanos,
                complete,
                verdicts);
    }

    private void placeCrashes() {
        lines.values().stream()
                .filter(line -> line.log.crashed())
                .forEach(line -> placed.add(
                        new Placed(line.row, line.tick + 1, PointKind.CRASH, line.log.name() + " is killed", "")));
    }

    private void place(Line line, Event event, int most) {
        if (line.points == most) {
            complete = false;
            return;
        }
        line.points++;
        line.tick++;
        String own = line.log.name();
        if (event instanceof Event.Broadcast sent) {
            String message = own + "#" + sent.number();
            broadcast.put(message, line.tick);
            add(line, PointKind.BROADCAST, " broadcasts " + message, message);
        } else if (event instanceof Event.Deliver deliver) {
            String message = message(deliver);
            line.tick = Math.max(line.tick, broadcast.getOrDefault(message, 0L) + 1);
            add(line, PointKind.DELIVER, " delivers " + message, message);
        } else if (event instanceof Event.Suspect suspect) {
            add(line, PointKind.SUSPECT, " suspects " + name(suspect.peer()), "");
        } else if (event instanceof Event.Restore restore) {
            add(line, PointKind.RESTORE, " trusts " + name(restore.peer()) + " again", "");
        } else if (event instanceof Event.InstallView view) {
            String members = view.members().stream().map(this::name).collect(Collectors.joining(", "));
            add(line, PointKind.VIEW, " installs view " + view.view() + ": " + members, "");
        } else if (event instanceof Event.End) {
            add(line, PointKind.END, " has stopped", "");
        }
    }

    private void add(Line line, PointKind kind, String text, String message) {
        placed.add(new Placed(line.row, line.tick, kind, line.log.name() + text, message));
    }

    private String message(Event.Deliver deliver) {
        return name(deliver.sender()) + "#" + deliver.number();
    }

    private String name(int process) {
        Line line = lines.get(process);
        return line == null ? "process " + process : line.log.name();
    }
}
