package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
 *     .at(4, SECONDS).partition("p1,p2", "p3,p4").lasting(5, SECONDS)
 *     .at(4, SECONDS).loseOneWay("p1", "p2")
 *     .at(6, SECONDS).heal("p1", "p2")
 * }</pre>
 *
 * <p>It is a list of entries: {@link #entries} gives them, and {@link #of} makes a plan of them.
 */
public final class FaultPlan {
    /**
     * Something that happens at its time.
     *
     * @param atNanos virtual time since the start of the run, not negative
     * @param fault what happens
     */
    public record Entry(long atNanos, Fault fault) {
        public Entry {
            if (atNanos < 0) {
                throw new IllegalArgumentException("nothing happens before the start of the run, not " + fault + " at "
                        + Duration.ofNanos(atNanos));
            }
        }
    }

    // State
    private final List<Entry> entries = new ArrayList<>();

    /** The plan of these entries, which may come in any order; those of one moment happen in an order from the seed. */
    public static FaultPlan of(Collection<Entry> entries) {
        FaultPlan plan = new FaultPlan();
        plan.entries.addAll(entries);
        return plan;
    }

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

    /** What happens, in the order in which it was planned. This list is the plan: to change the one is to change the other. */
    public List<Entry> entries() {
        return entries;
    }

    /** A copy of the entries, in the order in which they happen. */
    List<Entry> byTime() {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::atNanos));
        return sorted;
    }

    /** Says how long what was planned last goes on, see {@link #lasting(Duration)}. */
    public FaultPlan lasting(long time, TimeUnit unit) {
        return lasting(Duration.ofNanos(unit.toNanos(time)));
    }

    /**
     * Says how long what was planned last goes on: after that time, a partition, stall or one-way loss is healed between
     * those processes, and a paused process goes on.
     *
     * @throws IllegalStateException when what was planned last has no end
     */
    public FaultPlan lasting(Duration time) {
        Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        At end = at(Duration.ofNanos(last == null ? 0 : last.atNanos()).plus(time));
        if (last != null && last.fault() instanceof Fault.Partition partition) {
            return end.heal(partition.some(), partition.others());
        } else if (last != null && last.fault() instanceof Fault.OneWay oneWay) {
            return end.heal(oneWay.from(), oneWay.to());
        } else if (last != null && last.fault() instanceof Fault.Pause pause) {
            return end.resume(pause.process());
        }
        throw new IllegalStateException("only a partition, a stall, a one-way loss or a pause lasts for a while, not "
                + (last == null ? "an empty plan" : last.fault()));
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
                        .map(entry -> "\n    .at(" + time(entry.atNanos()) + ")." + entry.fault())
                        .collect(Collectors.joining());
    }

    private static String time(long nanos) {
        return nanos % 1_000 == 0 ? nanos / 1_000 + ", MICROSECONDS" : nanos + ", NANOSECONDS";
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

        /**
         * The process is killed right after it has recorded so many further events, such as broadcasts, deliveries, suspicions
         * and views, in the middle of what it does. Planned for time 0, with 1, 2, 3 ..., it crashes at each of its events.
         */
        public FaultPlan crashAtEvent(String process, int events) {
            if (events < 1) {
                throw new IllegalArgumentException(
                        "a process crashes at its first event at the earliest, not " + events);
            }
            return add(new Fault.CrashAtEvent(process, events));
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

        /** Partitions, stalls and losses between the ones and the others end, both ways; others go on. */
        public FaultPlan heal(String some, String others) {
            return add(new Fault.HealBetween(some, others));
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
