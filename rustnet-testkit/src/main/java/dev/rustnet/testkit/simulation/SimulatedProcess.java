package dev.rustnet.testkit.simulation;

import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.group.ProcessId;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeFailedException;
import dev.rustnet.testkit.events.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One process of a {@link Simulation}, by its name, through all its incarnations. Used by what is scheduled in the
 * simulation and by handlers of the node, all on the one thread there is.
 */
public final class SimulatedProcess {
    /** How a process stands. */
    public enum State {
        NOT_STARTED,
        RUNNING,
        /** Stopped by a signal, to go on later. */
        PAUSED,
        CRASHED,
        /** Its node stopped by itself: it was excluded, it failed, or it was closed. After an exclusion it may start anew. */
        STOPPED
    }

    /** What a crash or a restart does away with. */
    static final class Incarnation {
        private final int index;
        private @Nullable Node node;
        private @Nullable EventLoop loop;
        private @Nullable SimulatedTransport transport;
        private boolean dead;

        Incarnation(int index) {
            this.index = index;
        }

        /** 0 for the first. */
        int index() {
            return index;
        }

        void drive(EventLoop driven) {
            loop = driven;
        }

        void release(EventLoop driven) {
            if (loop == driven) {
                loop = null;
            }
        }

        void use(SimulatedTransport used) {
            transport = used;
        }
    }

    /** What a turn costs when its handlers take no time: virtual time must not stand still. */
    private static final long TURN_NANOS = 1_000;

    /** What a node takes to begin its next incarnation. */
    private static final long START_NANOS = Duration.ofMillis(500).toNanos();

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NEVER = Long.MAX_VALUE;

    // Injected
    private final String name;
    private final int rank;
    private final Simulation simulation;
    private final Scheduler scheduler;

    // State
    private final Map<String, byte[]> disk = new LinkedHashMap<>();
    private final Map<String, List<String>> files = new LinkedHashMap<>();
    private final List<ProcessId> incarnations = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private State state = State.NOT_STARTED;
    private Incarnation current = new Incarnation(-1);
    private long turnAtNanos = NEVER;
    private long turnSerial;
    private long busyUntilNanos;
    private long spentNanos;
    private boolean inTurn;
    private @Nullable SimulatedLane lane;
    private long skewNanos;
    private int sendsUntilCrash = -1;
    private int eventsUntilCrash;
    private long formerIncarnation;

    SimulatedProcess(String name, int rank, Simulation simulation, Scheduler scheduler) {
        this.name = name;
        this.rank = rank;
        this.simulation = simulation;
        this.scheduler = scheduler;
    }

    public String name() {
        return name;
    }

    public State state() {
        return state;
    }

    /** The node of the present incarnation. */
    public Node node() {
        return Objects.requireNonNull(current.node, name + " has not started");
    }

    /** Its number in events, as {@link ProcessNumbers} says. */
    public int number() {
        return simulation.numbers().of(rank, Math.max(0, current.index));
    }

    /** Runs {@code action} in this incarnation after that time, unless it has crashed by then; later when it is paused. */
    public void after(Duration delay, Runnable action) {
        Incarnation incarnation = current;
        scheduler.after(delay.toNanos(), () -> callWhenAwake(incarnation, action));
    }

    /** A stream of random numbers of its own for a purpose of the test, from the seed of the run. */
    public SplittableRandom random(String purpose) {
        return Seeds.random(simulation.seed(), "test/" + number() + "/" + purpose);
    }

    /** Takes virtual time inside a handler: for a handler that is slow. */
    public void spend(Duration time) {
        if (lane != null) {
            lane.spend(time.toNanos());
            return;
        }
        if (!inTurn) {
            throw new IllegalStateException("time is spent inside a handler only");
        }
        spentNanos += time.toNanos();
    }

    /** Notes an event of this process for the checkers; without effect once it has crashed. */
    public void record(Event event) {
        record(current, event);
    }

    void record(Incarnation incarnation, Event event) {
        if (!incarnation.dead) {
            simulation.recorded(this, simulation.numbers().of(rank, incarnation.index), event);
            if (incarnation == current && eventsUntilCrash > 0 && --eventsUntilCrash == 0) {
                crash(false, 0);
            }
        }
    }

    /** The number of a process in events. */
    public int numberOf(ProcessId process) {
        return simulation.numberOf(process);
    }

    /** The lines written to the sink of that name. */
    public List<String> file(String sink) {
        return Collections.unmodifiableList(files.getOrDefault(sink, List.of()));
    }

    /** What was logged at level info or above, the latest 200 lines. */
    public List<String> log() {
        return Collections.unmodifiableList(log);
    }

    /** Whether nothing that was begun in this incarnation is to have an effect any more. */
    boolean dead() {
        return current.dead;
    }

    /** The highest incarnation that the process has been told of, above which its next one is. */
    long formerIncarnation() {
        return formerIncarnation;
    }

    Incarnation incarnation() {
        return current;
    }

    int incarnations() {
        return current.index + 1;
    }

    /** The number of that incarnation of this name, or that of the latest when it is not known. */
    int numberOfIncarnation(ProcessId process) {
        int index = incarnations.indexOf(process);
        return simulation.numbers().of(rank, Math.max(0, index >= 0 ? index : incarnations.size() - 1));
    }

    TimeSource time() {
        return new TimeSource() {
            @Override
            public long nanos() {
                return scheduler.nowNanos() + spentNanos;
            }

            @Override
            public Instant now() {
                return EPOCH.plusNanos(scheduler.nowNanos() + spentNanos + skewNanos);
            }
        };
    }

    // What the simulation does to the process

    void start() {
        if (state != State.NOT_STARTED) {
            eventsUntilCrash = 0;
        }
        Incarnation incarnation = new Incarnation(current.index + 1);
        current = incarnation;
        state = State.RUNNING;
        sendsUntilCrash = -1;
        busyUntilNanos = scheduler.nowNanos();
        Node node = simulation.build(this, incarnation);
        incarnation.node = node;
        incarnations.add(node.self());
        CompletableFuture<Void> unusedStage =
                node.whenStopped().whenComplete((unused, problem) -> stopped(incarnation, problem));
        simulation.built(this);
        CompletableFuture<Void> unusedStart = node.start().whenComplete((unused, problem) -> {
            if (problem != null) {
                log(incarnation, "start: " + problem);
            }
        });
        reschedule();
    }

    private void stopped(Incarnation incarnation, @Nullable Throwable completion) {
        Throwable problem = completion instanceof CompletionException ? completion.getCause() : completion;
        if (!incarnation.dead) {
            record(incarnation, new Event.End());
            simulation.stopped(this, problem == null ? "it was closed" : String.valueOf(problem.getMessage()));
            die(incarnation, State.STOPPED);
            if (problem instanceof NodeFailedException failed && failed.startsAnew()) {
                formerIncarnation = failed.highestIncarnation();
                scheduler.after(START_NANOS, () -> {
                    if (current == incarnation && state == State.STOPPED) {
                        start();
                    }
                });
            }
        }
    }

    /** @param sends frames that still leave before it crashes in the middle of a turn; 0 for now, between two turns */
    void crash(boolean hostToo, int sends) {
        if (state != State.RUNNING && state != State.PAUSED) {
            return;
        }
        if (sends > 0) {
            sendsUntilCrash = sends;
            return;
        }
        SimulatedTransport transport = current.transport;
        record(new Event.Crash());
        die(current, State.CRASHED);
        if (transport != null) {
            transport.crash(hostToo);
        }
    }

    /** @param events that it still records before it crashes in the middle of a turn */
    void crashAtEvent(int events) {
        if (state == State.RUNNING || state == State.PAUSED || state == State.NOT_STARTED) {
            eventsUntilCrash = events;
        }
    }

    private void die(Incarnation incarnation, State last) {
        incarnation.dead = true;
        incarnation.loop = null;
        if (incarnation == current) {
            state = last;
            turnAtNanos = NEVER;
        }
    }

    void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
        }
    }

    void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            wake(current);
        }
    }

    void skew(Duration by) {
        skewNanos += by.toNanos();
    }

    /** Keeps the loop from turning for that long, as a handler does that blocks. */
    void block(Duration time) {
        busyUntilNanos = Math.max(busyUntilNanos, scheduler.nowNanos()) + time.toNanos();
    }

    // What its environment asks for

    void wake(Incarnation incarnation) {
        if (incarnation == current && !incarnation.dead && !inTurn) {
            turnAt(Math.max(scheduler.nowNanos(), busyUntilNanos));
        }
    }

    void beforeSend(Incarnation incarnation) {
        if (incarnation == current && sendsUntilCrash >= 0 && --sendsUntilCrash < 0) {
            crash(false, 0);
        }
    }

    /** Runs {@code action} as this process, outside its loop's turns, and sees to it that the loop takes notice. */
    void call(Incarnation incarnation, Runnable action) {
        if (incarnation == current && !incarnation.dead) {
            action.run();
            reschedule();
        }
    }

    void callWhenAwake(Incarnation incarnation, Runnable action) {
        if (state == State.PAUSED && incarnation == current) {
            scheduler.after(Duration.ofMillis(100).toNanos(), () -> callWhenAwake(incarnation, action));
        } else {
            call(incarnation, action);
        }
    }

    /** Runs a task of that lane. */
    void inLane(SimulatedLane of, Runnable task) {
        lane = of;
        try {
            task.run();
        } finally {
            lane = null;
        }
    }

    Sink sink(String sink, Incarnation incarnation) {
        String free = sink;
        for (int i = 1; files.containsKey(free); i++) {
            free = sink + "." + i;
        }
        List<String> lines = new ArrayList<>();
        files.put(free, lines);
        return new MemorySink(free, lines, () -> !incarnation.dead);
    }

    Store store(String key, Incarnation incarnation) {
        return new MemoryStore(disk, key, () -> !incarnation.dead);
    }

    void log(Incarnation incarnation, String line) {
        if (!incarnation.dead) {
            if (log.size() == 200) {
                log.remove(0);
            }
            log.add(line);
            simulation.trace(Trace.Kind.LOGGED, this, line);
        }
    }

    void acts(Incarnation incarnation, String component) {
        if (!incarnation.dead) {
            simulation.acts(this, component);
        }
    }

    // Turns

    private void turnAt(long atNanos) {
        if (atNanos < turnAtNanos) {
            turnAtNanos = atNanos;
            long serial = ++turnSerial;
            scheduler.at(atNanos, () -> {
                if (serial == turnSerial && turnAtNanos != NEVER) {
                    turn();
                }
            });
        }
    }

    private void turn() {
        turnAtNanos = NEVER;
        EventLoop loop = current.loop;
        if (loop == null || state != State.RUNNING) {
            return;
        }
        if (scheduler.nowNanos() < busyUntilNanos) {
            turnAt(busyUntilNanos);
            return;
        }
        inTurn = true;
        try {
            loop.turn(0);
        } finally {
            inTurn = false;
            busyUntilNanos = scheduler.nowNanos() + spentNanos + TURN_NANOS;
            spentNanos = 0;
        }
        reschedule();
    }

    private void reschedule() {
        EventLoop loop = current.loop;
        if (loop == null || inTurn || state != State.RUNNING) {
            return;
        }
        SimulatedTransport transport = current.transport;
        long until = transport != null && transport.hasArrivals() ? 0 : loop.untilNextNanos();
        if (until >= 0) {
            turnAt(Math.max(busyUntilNanos, scheduler.nowNanos() + until));
        }
    }
}
