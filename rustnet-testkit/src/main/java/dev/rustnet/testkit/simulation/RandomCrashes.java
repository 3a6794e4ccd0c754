package dev.rustnet.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Crashes at moments from the seed: half of them between two turns, half in the middle of one, when a message has reached
 * some processes and not the others; or, where that is wanted, a third of them at an event of the process itself.
 *
 * @param from before it nobody crashes
 * @param until after it nobody crashes
 * @param count how many processes crash, exactly
 * @param atEvents whether some crash at an event, such as the third delivery from that moment on; at {@code until} if there
 *     are not so many
 */
public record RandomCrashes(Duration from, Duration until, int count, boolean atEvents) {
    private static final int MOST_SENDS = 6;
    private static final int MOST_EVENTS = 12;

    /** None of them at an event. */
    public RandomCrashes(Duration from, Duration until, int count) {
        this(from, until, count, false);
    }

    /**
     * The plan of that seed.
     *
     * @throws IllegalArgumentException when there are fewer processes than crashes
     */
    public FaultPlan plan(long seed, List<String> processes) {
        if (count > processes.size()) {
            throw new IllegalArgumentException("of " + processes.size() + " processes " + count + " cannot crash");
        }
        SplittableRandom random = Seeds.random(seed, "crashes");
        List<String> shuffled = new ArrayList<>(processes);
        for (int i = shuffled.size(); i > 1; i--) {
            Collections.swap(shuffled, i - 1, random.nextInt(i));
        }
        FaultPlan plan = new FaultPlan();
        for (String process : shuffled.subList(0, count)) {
            long micros = random.nextLong(from.toNanos() / 1_000, until.toNanos() / 1_000);
            FaultPlan.At at = plan.at(micros, TimeUnit.MICROSECONDS);
            if (atEvents && random.nextInt(3) == 0) {
                at.crashAtEvent(process, 1 + random.nextInt(MOST_EVENTS));
                plan.at(until).crash(process);
            } else if (random.nextBoolean()) {
                at.crash(process);
            } else {
                at.crashAfterSends(process, 1 + random.nextInt(MOST_SENDS));
            }
        }
        return plan;
    }
}
