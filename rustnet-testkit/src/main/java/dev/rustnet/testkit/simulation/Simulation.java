package dev.rustnet.testkit.simulation;

import dev.rustnet.group.ProcessId;
import dev.rustnet.node.Node;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.RunFacts;
import dev.rustnet.testkit.check.RunMonitors;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A run of N real nodes on a virtual clock and a simulated network. One thread turns all their loops; delays, ties, faults
 * and the nodes' own randomness come from one seed, so that the same seed gives the same run.
 *
 * <pre>{@code
 * Simulation run = Simulation.of(4).seed(42).check(PropertySet.RELIABLE_BROADCAST)
 *     .load(BroadcastLoad.of(ReliableBroadcast.class, 20))
 *     .faults(new FaultPlan().at(3, SECONDS).crash("p2"))
 *     .build();
 * run.runUntilQuiet(Duration.ofSeconds(10), Duration.ofMinutes(5));
 * assertThat(run.verdict().holds()).as(run.report()).isTrue();
 * }</pre>
 *
 * <p>Nothing is closed in the end: a run is dropped, as its processes are when they crash.
 */
public final class Simulation {
    // Injected
    private final SimulationBuilder options;
    private final FaultPlan plan;
    private final ProcessNumbers numbers;
    private final Scheduler scheduler;
    private final Trace trace;
    private final SimulatedNetwork network;
    private final Map<PropertySet, RunMonitors> monitors = new LinkedHashMap<>();

    // State
    private final Map<String, SimulatedProcess> processes = new LinkedHashMap<>();
    private final SortedMap<Integer, String> names = new TreeMap<>();
    private final Set<Integer> dead = new HashSet<>();
    private final List<BooleanSupplier> loads = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private Duration rest = Duration.ZERO;
    private Duration deadline = Duration.ZERO;
    private long lastEventNanos;
    private boolean quiet;

    Simulation(SimulationBuilder options) {
        this.options = options;
        this.plan = options.plan();
        this.numbers = new ProcessNumbers(options.names().size());
        this.scheduler = new Scheduler(Seeds.of(options.seed(), "ties"));
        this.trace = new Trace(options.traceCapacity());
        this.network = new SimulatedNetwork(scheduler, options.network(), trace, options.observer(), options.seed());
        List<String> all = options.names();
        options.properties().forEach(set -> monitors.put(set, new RunMonitors(set)));
        List<Integer> first = IntStream.rangeClosed(1, all.size()).boxed().toList();
        monitors.values().forEach(fed -> fed.begins(first));
        options.observer().begins(List.copyOf(all));
        for (int rank = 0; rank < all.size(); rank++) {
            network.addHost(all.get(rank));
            processes.put(all.get(rank), new SimulatedProcess(all.get(rank), rank, this, scheduler));
        }
        options.startTimes().forEach((name, atNanos) -> scheduler.at(atNanos, () -> start(process(name))));
        for (FaultPlan.Entry entry : plan.entries()) {
            scheduler.at(entry.atNanos(), () -> happen(entry.fault()));
        }
    }

    /** A run of so many processes, {@code p1} to {@code pN}. */
    public static SimulationBuilder of(int processes) {
        return new SimulationBuilder(processes);
    }

    /** The process of that name. */
    public SimulatedProcess process(String name) {
        SimulatedProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process is called " + name + "; there are " + processes.keySet());
        }
        return process;
    }

    /** All processes, by rank. */
    public List<SimulatedProcess> processes() {
        return List.copyOf(processes.values());
    }

    /** Runs {@code action} at that virtual time since the start of the run. */
    public void at(Duration time, Runnable action) {
        scheduler.at(time.toNanos(), action);
    }

    /** Virtual time since the start of the run. */
    public Duration now() {
        return Duration.ofNanos(scheduler.nowNanos());
    }

    /** Lets so much virtual time pass. */
    public void runFor(Duration time) {
        long untilNanos = scheduler.nowNanos() + time.toNanos();
        while (scheduler.nextNanos() <= untilNanos) {
            scheduler.step();
        }
        scheduler.advanceTo(untilNanos);
    }

    /** Runs until {@code condition} is true, at the latest until that virtual time; returns whether it became true. */
    public boolean runUntil(BooleanSupplier condition, Duration deadline) {
        while (!condition.getAsBoolean()) {
            if (scheduler.nextNanos() > deadline.toNanos()) {
                return false;
            }
            scheduler.step();
        }
        return true;
    }

    /**
     * Runs until the plan is done, all load of living processes has been taken, and no event has been recorded for
     * {@code rest}; at the latest until the virtual time {@code deadline}. Only then a run can be judged as finished.
     *
     * @return whether it came to rest
     */
    public boolean runUntilQuiet(Duration rest, Duration deadline) {
        this.rest = rest;
        this.deadline = deadline;
        long planEnd = plan.end().toNanos();
        quiet = runUntil(
                () -> scheduler.nowNanos() - Math.max(lastEventNanos, planEnd) >= rest.toNanos()
                        && loads.stream().allMatch(BooleanSupplier::getAsBoolean),
                deadline);
        return quiet;
    }

    /** The judgement on the only property set that is checked. */
    public RunVerdict verdict() {
        return verdict(monitors.keySet().iterator().next());
    }

    /** The judgement on a property set named in {@link SimulationBuilder#check}. */
    public RunVerdict verdict(PropertySet properties) {
        RunMonitors fed = monitors.get(properties);
        if (fed == null) {
            throw new IllegalArgumentException(properties.name() + " is not checked in this run");
        }
        return fed.verdict(new RunFacts(names, dead, true, unfinished()));
    }

    /** A node that stops unasked must not pass as one that crashed: that would hide what made it stop. */
    private Optional<String> unfinished() {
        if (!stops.isEmpty() && !options.stopsAllowed()) {
            return Optional.of(String.join("; ", stops));
        }
        return quiet ? Optional.empty() : Optional.of("the run did not come to rest by virtual time " + now());
    }

    /** The judgement on each property set that is checked. */
    public List<RunVerdict> verdicts() {
        return monitors.keySet().stream().map(this::verdict).toList();
    }

    public long seed() {
        return options.seed();
    }

    public FaultPlan plan() {
        return plan;
    }

    public Trace trace() {
        return trace;
    }

    /** What decides this run, as values. */
    public RunScript script() {
        return options.script();
    }

    /**
     * Another run of the same components and loads, with the same checks, run as this one was with {@link #runUntilQuiet}.
     *
     * @param script what decides it
     * @param watching who watches it
     * @throws IllegalStateException when this run was not run until it is quiet
     */
    public Simulation again(RunScript script, RunObserver watching) {
        if (deadline.isZero()) {
            throw new IllegalStateException("only what was run until it is quiet can be run again");
        }
        Simulation other = options.with(script, watching).build();
        other.runUntilQuiet(rest, deadline);
        return other;
    }

    /** What no script says of this run: how it is to be written, and how long it rests. */
    SimulationBuilder options() {
        return options;
    }

    Duration rest() {
        return rest;
    }

    Duration deadline() {
        return deadline;
    }

    /** Turns, arrivals and whatever else was scheduled: what a run costs. */
    public long steps() {
        return scheduler.steps();
    }

    /** How to see the run again, what went wrong in it by plan, and how it ended. */
    public String report() {
        StringBuilder report = new StringBuilder();
        report.append("seed=")
                .append(seed())
                .append(", run again with -Drustnet.seed=")
                .append(seed());
        report.append(", ended at ").append(now()).append("\n").append(plan).append('\n');
        for (SimulatedProcess process : processes.values()) {
            report.append(process.name()).append(": ").append(process.state()).append('\n');
            List<String> log = process.log();
            log.subList(Math.max(0, log.size() - 5), log.size())
                    .forEach(line -> report.append("    ").append(line).append('\n'));
        }
        trace.lines().forEach(line -> report.append(line).append('\n'));
        return report.toString();
    }

    // What processes call

    Node build(SimulatedProcess process, SimulatedProcess.Incarnation incarnation) {
        return options.node(
                process.name(),
                new SimulatedEnvironment(process, incarnation, network, options.seed()),
                process.formerIncarnation());
    }

    void built(SimulatedProcess process) {
        int number = process.number();
        int index = numbers.earlier(number);
        names.put(number, process.name() + (index == 0 ? "" : "/" + (index + 1)));
        trace(Trace.Kind.STARTED, process, number);
        options.observer().started(process, scheduler.nowNanos());
        if (options.detectorWatched()) {
            DetectorWatch.on(process);
        }
        options.onBuild().forEach(wiring -> wiring.accept(process));
        options.loads().forEach(load -> {
            BooleanSupplier done = options.load(load, numbers.rank(number)).begin(process);
            SimulatedProcess.Incarnation incarnation = process.incarnation();
            loads.add(() -> process.incarnation() != incarnation || process.dead() || done.getAsBoolean());
        });
    }

    void stopped(SimulatedProcess process, String reason) {
        trace(Trace.Kind.STOPPED, process, reason);
        stops.add(process.name() + " stopped by itself: " + reason);
    }

    void recorded(SimulatedProcess process, int number, Event event) {
        lastEventNanos = scheduler.nowNanos();
        trace(Trace.Kind.EVENT, process, EventLogFormat.line(event));
        options.observer().event(process.name(), number, event, lastEventNanos);
        if (event instanceof Event.Crash || event instanceof Event.End) {
            dead.add(number);
        }
        for (RunMonitors fed : monitors.values()) {
            fed.event(number, event);
        }
    }

    void acts(SimulatedProcess process, String component) {
        options.observer().acts(process.name(), component, scheduler.nowNanos());
    }

    void trace(Trace.Kind kind, SimulatedProcess process, Object detail) {
        trace.add(scheduler.nowNanos(), kind, process.name(), "", 0, detail);
    }

    ProcessNumbers numbers() {
        return numbers;
    }

    int numberOf(ProcessId process) {
        return process(process.name()).numberOfIncarnation(process);
    }

    // Faults

    private void start(SimulatedProcess process) {
        if (process.state() == SimulatedProcess.State.NOT_STARTED) {
            process.start();
        }
    }

    private void happen(Fault fault) {
        trace.add(scheduler.nowNanos(), Trace.Kind.FAULT, "", "", 0, fault.toString());
        options.observer().fault(fault, scheduler.nowNanos());
        if (fault instanceof Fault.Crash crash) {
            process(crash.process()).crash(crash.host(), crash.sends());
        } else if (fault instanceof Fault.CrashAtEvent crash) {
            process(crash.process()).crashAtEvent(crash.events());
        } else if (fault instanceof Fault.Restart restart) {
            restart(process(restart.process()));
        } else if (fault instanceof Fault.Pause pause) {
            process(pause.process()).pause();
        } else if (fault instanceof Fault.Resume resume) {
            process(resume.process()).resume();
        } else if (fault instanceof Fault.Block block) {
            process(block.process()).block(block.time());
        } else if (fault instanceof Fault.Skew skew) {
            process(skew.process()).skew(skew.by());
        } else if (fault instanceof Fault.Partition partition) {
            SimulatedNetwork.LinkState state =
                    partition.holding() ? SimulatedNetwork.LinkState.HOLDING : SimulatedNetwork.LinkState.SWALLOWING;
            block(partition.some(), partition.others(), state);
            block(partition.others(), partition.some(), state);
        } else if (fault instanceof Fault.OneWay oneWay) {
            block(oneWay.from(), oneWay.to(), SimulatedNetwork.LinkState.SWALLOWING);
        } else if (fault instanceof Fault.Heal) {
            network.heal();
        } else if (fault instanceof Fault.HealBetween heal) {
            block(heal.some(), heal.others(), SimulatedNetwork.LinkState.UP);
            block(heal.others(), heal.some(), SimulatedNetwork.LinkState.UP);
        } else if (fault instanceof Fault.Reset reset) {
            network.reset(reset.process(), reset.other(), reset.oneEnd());
        }
    }

    private void restart(SimulatedProcess process) {
        if (process.state() != SimulatedProcess.State.RUNNING && process.state() != SimulatedProcess.State.PAUSED) {
            process.start();
        }
    }

    private void block(String from, String to, SimulatedNetwork.LinkState state) {
        for (String one : from.split(",")) {
            for (String other : to.split(",")) {
                network.setState(process(one).name(), process(other).name(), state);
            }
        }
    }
}
