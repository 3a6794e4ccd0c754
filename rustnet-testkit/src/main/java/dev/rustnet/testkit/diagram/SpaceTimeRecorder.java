package dev.rustnet.testkit.diagram;

import dev.rustnet.core.link.FrameDissector;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.diagram.SpaceTime.About;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.Band;
import dev.rustnet.testkit.diagram.SpaceTime.BandKind;
import dev.rustnet.testkit.diagram.SpaceTime.Clock;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.Fault;
import dev.rustnet.testkit.simulation.FaultLines;
import dev.rustnet.testkit.simulation.ProcessNumbers;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records a run for its diagram. To be given to {@link dev.rustnet.testkit.simulation.SimulationBuilder#observe}; one for
 * each run.
 */
public final class SpaceTimeRecorder implements RunObserver {
    /** A page with more cannot be read by anybody. */
    private static final int MOST_POINTS = 60_000;

    private record OpenBand(BandKind kind, List<Integer> processes, long fromNanos, String text) {}

    /** @param links those that are still cut, as {@code from to} */
    private record Cut(OpenBand band, Set<String> links) {}

    // State
    private final List<String> processes = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<Long, Integer> onTheirWay = new HashMap<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<Cut> partitions = new ArrayList<>();
    private final Map<Integer, OpenBand> down = new HashMap<>();
    private final Map<Integer, OpenBand> paused = new HashMap<>();
    private @Nullable FrameDissector dissector;
    private boolean complete = true;

    /**
     * The diagram of what has been recorded.
     *
     * @param run the run that was watched
     * @param title what ran
     * @param replay the command that runs it again
     */
    public SpaceTime of(Simulation run, String title, String replay) {
        long endNanos = run.now().toNanos();
        List<Band> all = new ArrayList<>(bands);
        Stream.of(partitions.stream().map(Cut::band).toList(), down.values(), paused.values())
                .flatMap(Collection::stream)
                .forEach(open -> all.add(closed(open, endNanos)));
        List<RunVerdict> verdicts = run.verdicts();
        About about = new About(
                title, replay, List.of("seed " + run.seed()), List.of(), FaultLines.of(run.plan()), Clock.VIRTUAL);
        return new SpaceTime(
                about,
                run.processes().stream().map(SimulatedProcess::name).toList(),
                points,
                arrows,
                all,
                endNanos,
                complete,
                verdicts);
    }

    @Override
    public void begins(List<String> all) {
        processes.addAll(all);
    }

    @Override
    public void started(SimulatedProcess process, long atNanos) {
        if (dissector == null) {
            StartPlan plan = process.node().plan();
            dissector = new FrameDissector(
                    processes, plan.order().stream().map(StartPlan.Step::name).toList());
        }
        int rank = rank(process.name());
        close(down.remove(rank), atNanos);
        point(rank, atNanos, PointKind.START, name(process.number()) + " starts", "");
    }

    @Override
    public void event(String process, int number, Event event, long atNanos) {
        int rank = rank(process);
        String own = name(number);
        if (event instanceof Event.Broadcast broadcast) {
            String message = own + "#" + broadcast.number();
            point(rank, atNanos, PointKind.BROADCAST, own + " broadcasts " + message, message);
        } else if (event instanceof Event.Deliver deliver) {
            String message = name(deliver.sender()) + "#" + deliver.number();
            point(rank, atNanos, PointKind.DELIVER, own + " delivers " + message, message);
        } else if (event instanceof Event.Suspect suspect) {
            point(rank, atNanos, PointKind.SUSPECT, own + " suspects " + name(suspect.peer()), "");
        } else if (event instanceof Event.Restore restore) {
            point(rank, atNanos, PointKind.RESTORE, own + " trusts " + name(restore.peer()) + " again", "");
        } else if (event instanceof Event.InstallView view) {
            String members =
                    String.join(", ", view.members().stream().map(this::name).toList());
            point(rank, atNanos, PointKind.VIEW, own + " installs view " + view.view() + ": " + members, "");
        } else if (event instanceof Event.Crash) {
            point(rank, atNanos, PointKind.CRASH, own + " crashes", "");
            gone(rank, atNanos, own + " has crashed");
        } else if (event instanceof Event.End) {
            point(rank, atNanos, PointKind.END, own + " has stopped", "");
            gone(rank, atNanos, own + " has stopped");
        } else if (event instanceof Event.Send send) {
            String text = own + " sends message " + send.number() + " to " + name(send.to());
            point(rank, atNanos, PointKind.MESSAGE, text, "");
        } else if (event instanceof Event.Receive receive) {
            String text = own + " receives message " + receive.number() + " of " + name(receive.from());
            point(rank, atNanos, PointKind.MESSAGE, text, "");
        }
    }

    private void gone(int rank, long atNanos, String text) {
        close(paused.remove(rank), atNanos);
        down.put(rank, new OpenBand(BandKind.DOWN, List.of(rank), atNanos, text));
    }

    @Override
    public void sent(long frame, String from, String to, long atNanos, ByteBuffer bytes) {
        FrameDissector reader = dissector;
        if (reader == null || full()) {
            return;
        }
        int rank = rank(from);
        FrameReading reading = FrameReading.of(bytes, rank, processes, reader);
        int point = point(rank, atNanos, PointKind.FRAME_SENT, from + " sends to " + to, "");
        onTheirWay.put(frame, arrows.size());
        arrows.add(
                new Arrow(arrows.size(), point, -1, rank(to), -1, reading.kind(), reading.parts(), reading.messages()));
    }

    @Override
    public void arrived(long frame, long atNanos) {
        Integer id = onTheirWay.remove(frame);
        if (id == null) {
            return;
        }
        Arrow arrow = arrows.get(id);
        String sender = processes.get(points.get(arrow.from()).process());
        String text = processes.get(arrow.target()) + " receives from " + sender;
        int point = point(arrow.target(), atNanos, PointKind.FRAME_RECEIVED, text, "");
        arrows.set(
                id,
                new Arrow(id, arrow.from(), point, arrow.target(), -1, arrow.kind(), arrow.parts(), arrow.messages()));
    }

    @Override
    public void lost(long frame, long atNanos) {
        Integer id = onTheirWay.remove(frame);
        if (id != null) {
            Arrow arrow = arrows.get(id);
            arrows.set(
                    id,
                    new Arrow(
                            id,
                            arrow.from(),
                            -1,
                            arrow.target(),
                            atNanos,
                            arrow.kind(),
                            arrow.parts(),
                            arrow.messages()));
        }
    }

    @Override
    public void fault(Fault fault, long atNanos) {
        if (fault instanceof Fault.Partition partition) {
            String text =
                    (partition.holding() ? "stalled: " : "partition: ") + partition.some() + " | " + partition.others();
            partitioned(atNanos, text, partition.some(), partition.others(), true);
        } else if (fault instanceof Fault.OneWay oneWay) {
            partitioned(atNanos, "lost: " + oneWay.from() + " → " + oneWay.to(), oneWay.from(), oneWay.to(), false);
        } else if (fault instanceof Fault.Heal) {
            partitions.forEach(open -> close(open.band(), atNanos));
            partitions.clear();
        } else if (fault instanceof Fault.HealBetween heal) {
            healed(links(heal.some(), heal.others(), true), atNanos);
        } else if (fault instanceof Fault.Pause pause) {
            int rank = rank(pause.process());
            if (!down.containsKey(rank)) {
                String text = pause.process() + " is paused";
                paused.putIfAbsent(rank, new OpenBand(BandKind.PAUSE, List.of(rank), atNanos, text));
            }
        } else if (fault instanceof Fault.Resume resume) {
            close(paused.remove(rank(resume.process())), atNanos);
        } else if (fault instanceof Fault.Block block) {
            long endNanos = atNanos + block.time().toNanos();
            String text =
                    "a handler of " + block.process() + " takes " + block.time().toMillis() + " ms";
            bands.add(new Band(BandKind.BLOCKED, List.of(rank(block.process())), atNanos, endNanos, text));
        }
    }

    /** A partition is over when all its links are. */
    private void healed(Set<String> links, long atNanos) {
        for (Cut cut : List.copyOf(partitions)) {
            cut.links().removeAll(links);
            if (cut.links().isEmpty()) {
                close(cut.band(), atNanos);
                partitions.remove(cut);
            }
        }
    }

    private static Set<String> links(String some, String others, boolean bothWays) {
        Set<String> links = new LinkedHashSet<>();
        for (String one : some.split(",")) {
            for (String other : others.split(",")) {
                links.add(one + " " + other);
                if (bothWays) {
                    links.add(other + " " + one);
                }
            }
        }
        return links;
    }

    private void partitioned(long atNanos, String text, String some, String others, boolean bothWays) {
        List<Integer> ranks = Stream.of(some, others)
                .flatMap(names -> Stream.of(names.split(",")))
                .map(this::rank)
                .distinct()
                .toList();
        partitions.add(new Cut(new OpenBand(BandKind.PARTITION, ranks, atNanos, text), links(some, others, bothWays)));
    }

    private void close(@Nullable OpenBand open, long atNanos) {
        if (open != null) {
            bands.add(closed(open, atNanos));
        }
    }

    private static Band closed(OpenBand open, long atNanos) {
        return new Band(open.kind(), open.processes(), open.fromNanos(), atNanos, open.text());
    }

    private int point(int process, long atNanos, PointKind kind, String text, String message) {
        if (kind != PointKind.FRAME_RECEIVED && full()) {
            return -1;
        }
        points.add(new Point(points.size(), process, atNanos, kind, text, message));
        return points.size() - 1;
    }

    private boolean full() {
        boolean full = points.size() >= MOST_POINTS;
        complete &= !full;
        return full;
    }

    private int rank(String process) {
        return processes.indexOf(process);
    }

    private String name(int number) {
        ProcessNumbers numbers = new ProcessNumbers(processes.size());
        int rank = numbers.rank(number);
        int incarnation = numbers.earlier(number);
        String name = rank < processes.size() ? processes.get(rank) : "process " + number;
        return incarnation == 0 ? name : name + "/" + (incarnation + 1);
    }
}
