package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Who may still deliver: what all of them have delivered, no monitor will be asked about again. Those that take part from the
 * start are named before the first event; another one counts once somebody installs a view with it, or something happens
 * at it. Whoever has crashed, or come to an end, counts no more.
 */
final class Participants {
    // State
    private final TreeSet<Integer> living = new TreeSet<>();
    private final TreeSet<Integer> ended = new TreeSet<>();
    private boolean known;

    /** These take part from the start, and of the others nobody. */
    void begins(Collection<Integer> processes) {
        living.addAll(processes);
        known = true;
    }

    /** Whether it was said who takes part; else nothing is known of those that have not been heard of. */
    boolean known() {
        return known;
    }

    /** Takes note of an event; returns whether that has changed who counts. */
    boolean event(int process, Event event) {
        if (event instanceof Event.Crash || event instanceof Event.End) {
            return ends(process);
        }
        boolean changed = comes(process);
        if (event instanceof Event.InstallView install) {
            for (int member : install.members()) {
                changed |= comes(member);
            }
        }
        return changed;
    }

    boolean ends(int process) {
        ended.add(process);
        return living.remove(process);
    }

    private boolean comes(int process) {
        return !ended.contains(process) && living.add(process);
    }

    /** In ascending order; not to be changed. */
    Collection<Integer> living() {
        return living;
    }
}
