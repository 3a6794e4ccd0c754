package dev.rustnet.launcher.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What the demonstration is to do.
 *
 * @param processes names of the processes
 * @param victims names of those that are killed, in this order, spread evenly over the stream of lines
 * @param input what is broadcast
 */
record DemoPlan(List<String> processes, List<String> victims, InputLines input) {
    private static final List<String> NAMES =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth");

    static final int MIN_PROCESSES = 3;
    static final int MAX_PROCESSES = 9;

    DemoPlan {
        processes = List.copyOf(processes);
        victims = List.copyOf(victims);
    }

    /** The names of so many processes. */
    static List<String> names(int processes) {
        return NAMES.subList(0, processes);
    }

    /** Before which line, counted from 0, each victim is killed. */
    List<Integer> killsAt() {
        List<Integer> at = new ArrayList<>();
        for (int i = 1; i <= victims.size(); i++) {
            at.add((int) ((long) input.lines().size() * i / (victims.size() + 1)));
        }
        return at;
    }
}
