package dev.rustnet.launcher.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What the demonstration is to do. A stretch of lines with all processes, then for each victim one without it, in which it is
 * excluded and comes back, twice as long, and one with all again.
 *
 * @param processes names of the processes
 * @param victims names of those that are killed and started again, in this order, one after the other
 * @param input what is broadcast
 */
record DemoPlan(List<String> processes, List<String> victims, InputLines input) {
    /** When one process goes down in the stream, and from where on it must be back; lines counted from 0. */
    record Outage(String victim, int killedAt, int backAt) {}

    private static final List<String> NAMES =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth");

    static final int MIN_PROCESSES = 3;
    static final int MAX_PROCESSES = 9;

    /** How long a killed process is suspected before it is excluded. */
    static final int EXCLUSION_TIMEOUT_SECONDS = 2;

    private static final int STRETCHES_PER_OUTAGE = 3;
    private static final int STRETCHES_DOWN = 2;

    DemoPlan {
        processes = List.copyOf(processes);
        victims = List.copyOf(victims);
    }

    /** The names of so many processes. */
    static List<String> names(int processes) {
        return NAMES.subList(0, processes);
    }

    /** Of how many stretches of the same length the stream consists. */
    int stretches() {
        return 1 + STRETCHES_PER_OUTAGE * victims.size();
    }

    List<Outage> outages() {
        List<Outage> outages = new ArrayList<>();
        for (String victim : victims) {
            int killedIn = 1 + STRETCHES_PER_OUTAGE * outages.size();
            outages.add(new Outage(victim, line(killedIn), line(killedIn + STRETCHES_DOWN)));
        }
        return outages;
    }

    /** The first line of that stretch. */
    private int line(int stretch) {
        return (int) ((long) input.lines().size() * stretch / stretches());
    }
}
