package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a run besides its events.
 *
 * @param names all processes of the run by number; a process is one incarnation
 * @param crashed those that are not correct: they crashed in the run, or were excluded
 * @param crashesSeen whether each crash is among the events ({@link Event.Crash}) at its place, as in a simulation
 * @param unfinished why the run cannot be judged, for instance because load had not stopped; empty when it can
 */
public record RunFacts(
        SortedMap<Integer, String> names, Set<Integer> crashed, boolean crashesSeen, Optional<String> unfinished) {
    public RunFacts {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
        crashed = Set.copyOf(crashed);
    }

    /** A finished run. */
    public static RunFacts of(SortedMap<Integer, String> names, Set<Integer> crashed) {
        return new RunFacts(names, crashed, false, Optional.empty());
    }

    public SortedSet<Integer> processes() {
        return new TreeSet<>(names.keySet());
    }

    public SortedSet<Integer> correct() {
        SortedSet<Integer> correct = processes();
        correct.removeAll(crashed);
        return correct;
    }

    public boolean isCorrect(int process) {
        return names.containsKey(process) && !crashed.contains(process);
    }

    /** The name of a process, as people call it. */
    public String name(int process) {
        String name = names.get(process);
        return name == null ? "process " + process : name;
    }

    /** A message, as people call it: {@code first#12}. */
    public String message(int sender, long number) {
        return name(sender) + "#" + number;
    }

    /** {@code first, which is correct,} or {@code first, which crashed,}. */
    String described(int process) {
        return name(process) + (isCorrect(process) ? ", which is correct," : ", which crashed,");
    }
}
