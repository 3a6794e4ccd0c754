package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What goes wrong in a run, and when. Its text is the code that writes it:
 *
 * <pre>{@code
 * new FaultPlan()
 *     .at(3, SECONDS).crash("p2")
 *     .at(4, SECONDS).partition("p1", "p3,p4")
 *     .at(9, SECONDS).heal()
 * }</pre>
 */
public final class FaultPlan {
    /** @param fault what happens */
    record Entry(long atNanos, Fault fault) {}

    // State
    private final List<Entry> entries = new ArrayList<>();

    /** What happens at that virtual time since the start of the run. */
    public At at(long time, TimeUnit unit) {
        return new At(unit.toNanos(time));
    }

    /** What happens at that virtual time since the start of the run. */
    public At at(Duration time) {
        return new At(time.toNanos());
    }

    /** This plan and the other one together; neither is changed. */
    public FaultPlan and(FaultPlan other) {
        FaultPlan both = new FaultPlan();
        both.entries.addAll(entries);
        both.entries.addAll(other.entries);
        return both;
    }

    List<Entry> entries() {
        return entries;
    }

    /** When the last thing of the plan happens. */
    public Duration end() {
        return Duration.ofNanos(entries.stream().mapToLong(Entry::atNanos).max().orElse(0));
    }

    @Override
    public String toString() {
        return "new FaultPlan()"
                + entries.stream()
                        .sorted(Comparator.comparingLong(Entry::atNanos))
                        .map(entry -> "\n    .at(" + entry.atNanos() / 1_000 + ", MICROSECONDS)." + entry.fault())
                        .collect(Collectors.joining());
    }

    /** A moment of the plan. Processes are named as in the simulation; several in one text, separated by commas. */
    public final class At {
        private final long atNanos;

        private At(long atNanos) {
            this.atNanos = atNanos;
        }

        /** The process is killed; its system closes its connections, in good order or with a reset, by the seed. */
        public FaultPlan crash(String process) {
            return add(new Fault.Crash(process, false, 0));
        }

        /** The process and its host vanish without a sign: connections stay half-open, dials find no answer. */
        public FaultPlan crashHost(String process) {
            return add(new Fault.Crash(process, true, 0));
        }

        /** The process is killed when it has sent so many further frames, in the middle of what it does. */
        public FaultPlan crashAfterSends(String process, int sends) {
            return add(new Fault.Crash(process, false, sends));
        }

        /** A process that crashed or stopped starts as a new incarnation. */
        public FaultPlan restart(String process) {
            return add(new Fault.Restart(process));
        }

        /** The process is stopped, as by SIGSTOP. */
        public FaultPlan pause(String process) {
            return add(new Fault.Pause(process));
        }

        public FaultPlan resume(String process) {
            return add(new Fault.Resume(process));
        }

        /** A handler of the process takes so long. */
        public FaultPlan block(String process, Duration time) {
            return add(new Fault.Block(process, time));
        }

        /** The wall clock of the process is moved. */
        public FaultPlan skew(String process, Duration by) {
            return add(new Fault.Skew(process, by));
        }

        /** Whatever goes from one side to the other, either way, is lost without a reset. */
        public FaultPlan partition(String some, String others) {
            return add(new Fault.Partition(some, others, false));
        }

        /** Whatever goes from one side to the other, either way, waits until it is healed. */
        public FaultPlan stall(String some, String others) {
            return add(new Fault.Partition(some, others, true));
        }

        /** Whatever goes from the ones to the others is lost; the way back is open. */
        public FaultPlan loseOneWay(String from, String to) {
            return add(new Fault.OneWay(from, to));
        }

        /** All partitions and losses end. */
        public FaultPlan heal() {
            return add(new Fault.Heal());
        }

        /** The connections between the two break; what is on its way is lost from some point on. */
        public FaultPlan reset(String process, String other) {
            return add(new Fault.Reset(process, other, false));
        }

        /** The same, and the other end learns it only when it sends. */
        public FaultPlan resetOneEnd(String process, String other) {
            return add(new Fault.Reset(process, other, true));
        }

        private FaultPlan add(Fault fault) {
            entries.add(new Entry(atNanos, fault));
            return FaultPlan.this;
        }
    }
}
