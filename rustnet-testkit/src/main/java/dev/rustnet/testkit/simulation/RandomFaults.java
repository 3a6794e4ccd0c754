package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What may go wrong in a run whose fault plan is drawn from the seed. Everything is healed, and everybody resumed, at
 * {@code until}.
 *
 * @param from before it nothing goes wrong
 * @param until after it nothing goes wrong
 * @param crashes processes that crash at most; by the seed, fewer may
 * @param resets broken connections
 * @param partitions partitions, stalls and one-way losses, one after the other
 * @param pauses pauses of a process, each up to {@code longest}
 * @param longest the longest partition, pause or blocked handler, and the longest time until a restart
 * @param restarts processes that crash and start again at most, besides those that crash for good; only for a membership
 *     that takes them back
 * @param skews jumps of a wall clock, by up to a day either way; not together with restarts where a process takes the
 *     number of its incarnation from the clock
 */
public record RandomFaults(
        Duration from,
        Duration until,
        int crashes,
        int resets,
        int partitions,
        int pauses,
        Duration longest,
        int restarts,
        int skews) {
    private static final long DAY_MILLIS = 24 * 60 * 60 * 1_000L;

    /** Without restarts and jumps of clocks. */
    public RandomFaults(
            Duration from, Duration until, int crashes, int resets, int partitions, int pauses, Duration longest) {
        this(from, until, crashes, resets, partitions, pauses, longest, 0, 0);
    }

    /** Broken connections alone. */
    public static RandomFaults resets(Duration from, Duration until, int resets) {
        return new RandomFaults(from, until, 0, resets, 0, 0, Duration.ofMillis(1));
    }

    /** A bit of all, with so many crashes at most. */
    public static RandomFaults mixed(Duration from, Duration until, int crashes) {
        return new RandomFaults(from, until, crashes, 8, 3, 3, Duration.ofSeconds(3));
    }

    /** The same with another length of the longest partition, pause or blocked handler. */
    public RandomFaults longest(Duration time) {
        return new RandomFaults(from, until, crashes, resets, partitions, pauses, time, restarts, skews);
    }

    /** The same with so many processes at most that crash and start again. */
    public RandomFaults restarts(int most) {
        return new RandomFaults(from, until, crashes, resets, partitions, pauses, longest, most, skews);
    }

    /** The same with so many jumps of wall clocks at most. */
    public RandomFaults skews(int most) {
        return new RandomFaults(from, until, crashes, resets, partitions, pauses, longest, restarts, most);
    }

    /** The plan of that seed. */
    public FaultPlan plan(long seed, List<String> processes) {
        SplittableRandom random = Seeds.random(seed, "faults");
        FaultPlan plan = new FaultPlan();
        List<String> shuffled = new ArrayList<>(processes);
        for (int i = shuffled.size(); i > 1; i--) {
            Collections.swap(shuffled, i - 1, random.nextInt(i));
        }
        for (int i = random.nextInt(resets + 1); i > 0; i--) {
            reset(plan, random, processes);
        }
        partitions(plan, random, processes);
        for (int i = random.nextInt(pauses + 1); i > 0; i--) {
            pause(plan, random, processes.get(random.nextInt(processes.size())));
        }
        int crashed = random.nextInt(crashes + 1);
        for (int i = 0; i < crashed; i++) {
            crash(plan, random, shuffled.get(i));
        }
        // A stream of its own: with these, a seed's other faults stay what they are.
        SplittableRandom more = Seeds.random(seed, "restarts and skews");
        int restarted = Math.min(more.nextInt(restarts + 1), processes.size() - crashed);
        for (int i = 0; i < restarted; i++) {
            restart(plan, more, shuffled.get(crashed + i));
        }
        for (int i = more.nextInt(skews + 1); i > 0; i--) {
            long by = more.nextLong(2 * DAY_MILLIS + 1) - DAY_MILLIS;
            plan.at(moment(more), TimeUnit.MICROSECONDS)
                    .skew(processes.get(more.nextInt(processes.size())), Duration.ofMillis(by));
        }
        plan.at(until).heal();
        return plan;
    }

    /** Plans are in whole microseconds, so that their text says exactly what they are. */
    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    private long moment(SplittableRandom random) {
        return random.nextLong(micros(from), micros(until));
    }

    private void reset(FaultPlan plan, SplittableRandom random, List<String> processes) {
        int first = random.nextInt(processes.size());
        int other = (first + 1 + random.nextInt(processes.size() - 1)) % processes.size();
        FaultPlan.At at = plan.at(moment(random), TimeUnit.MICROSECONDS);
        if (random.nextInt(4) == 0) {
            at.resetOneEnd(processes.get(first), processes.get(other));
        } else {
            at.reset(processes.get(first), processes.get(other));
        }
    }

    private void partitions(FaultPlan plan, SplittableRandom random, List<String> processes) {
        int count = random.nextInt(partitions + 1);
        for (int i = 0; i < count; i++) {
            // One after the other, since a heal heals everything.
            long slot = (micros(until) - micros(from)) / count;
            long begin = micros(from) + i * slot + random.nextLong(slot / 2 + 1);
            long end = Math.min(begin + 1 + random.nextLong(micros(longest)), micros(from) + (i + 1) * slot);
            List<String> some = new ArrayList<>();
            List<String> others = new ArrayList<>();
            processes.forEach(process -> (random.nextBoolean() ? some : others).add(process));
            if (!some.isEmpty() && !others.isEmpty()) {
                FaultPlan.At at = plan.at(begin, TimeUnit.MICROSECONDS);
                String left = String.join(",", some);
                String right = String.join(",", others);
                switch (random.nextInt(4)) {
                    case 0 -> at.stall(left, right);
                    case 1 -> at.loseOneWay(left, right);
                    default -> at.partition(left, right);
                }
                plan.at(end, TimeUnit.MICROSECONDS).heal();
            }
        }
    }

    private void pause(FaultPlan plan, SplittableRandom random, String process) {
        long begin = moment(random);
        long time = 1 + random.nextLong(micros(longest));
        if (random.nextInt(3) == 0) {
            plan.at(begin, TimeUnit.MICROSECONDS).block(process, Duration.ofMillis(time / 1_000));
        } else {
            plan.at(begin, TimeUnit.MICROSECONDS).pause(process);
            plan.at(Math.min(begin + time, micros(until)), TimeUnit.MICROSECONDS)
                    .resume(process);
        }
    }

    /** Crashes at any event, in the middle of a turn or between two, and comes back. */
    private void restart(FaultPlan plan, SplittableRandom random, String process) {
        long crash = moment(random);
        FaultPlan.At at = plan.at(crash, TimeUnit.MICROSECONDS);
        switch (random.nextInt(4)) {
            case 0 -> at.crashHost(process);
            case 1 -> at.crashAfterSends(process, 1 + random.nextInt(5));
            case 2 -> at.crashAtEvent(process, 1 + random.nextInt(10));
            default -> at.crash(process);
        }
        long back = Math.min(crash + 1 + random.nextLong(micros(longest)), micros(until) - 1);
        // What has not crashed by then, since it did too little, crashes now: only what is down can start again.
        plan.at(back, TimeUnit.MICROSECONDS).crash(process);
        plan.at(back + 1, TimeUnit.MICROSECONDS).restart(process);
    }

    private void crash(FaultPlan plan, SplittableRandom random, String process) {
        FaultPlan.At at = plan.at(moment(random), TimeUnit.MICROSECONDS);
        switch (random.nextInt(4)) {
            case 0 -> at.crashHost(process);
            case 1 -> at.crashAfterSends(process, 1 + random.nextInt(5));
            default -> at.crash(process);
        }
    }
}
