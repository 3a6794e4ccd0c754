package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each process has delivered, and what it had delivered when it installed each view. A process whose first view is
 * not the first of all joined, or restarted, in mid-run: for it, properties range over what was delivered in its first
 * view or later.
 */
final class DeliveryRecord {
    // State
    private final PairTable<IntervalSet> delivered = new PairTable<>(IntervalSet::new);
    private final Map<Integer, Long> firstView = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Map<Integer, IntervalSet>>> before = new HashMap<>();

    /** Takes note of {@code event}; returns false for a delivery that had happened before. */
    boolean event(int process, Event event) {
        if (event instanceof Event.Deliver deliver) {
            return delivered.at(process, deliver.sender()).add(deliver.number());
        } else if (event instanceof Event.InstallView install) {
            firstView.putIfAbsent(process, install.view());
            if (install.view() > 1) {
                before.computeIfAbsent(process, unused -> new TreeMap<>())
                        .putIfAbsent(install.view(), snapshot(process));
            }
        }
        return true;
    }

    private Map<Integer, IntervalSet> snapshot(int process) {
        Map<Integer, IntervalSet> copies = new HashMap<>();
        for (int sender = 0; sender < senders(process); sender++) {
            IntervalSet numbers = delivered.peek(process, sender);
            if (numbers != null && !numbers.isEmpty()) {
                copies.put(sender, numbers.copy());
            }
        }
        return copies;
    }

    /** The messages of {@code sender} that {@code process} has delivered; not to be changed. */
    IntervalSet delivered(int process, int sender) {
        IntervalSet numbers = delivered.peek(process, sender);
        return numbers == null ? IntervalSet.EMPTY : numbers;
    }

    /** The senders of what {@code process} has delivered are below this. */
    int senders(int process) {
        return delivered.columns(process);
    }

    /** Whether {@code process} took part from the first view on; true as well when no process recorded a view. */
    boolean fromTheStart(int process) {
        Long first = firstView.get(process);
        return first == null ? firstView.isEmpty() : first == 1L;
    }

    /**
     * The smallest number of {@code sender} that {@code process} has delivered and {@code other} should have and has not;
     * or -1.
     */
    long firstOwed(int process, int other, int sender) {
        IntervalSet owed = delivered(process, sender);
        if (fromTheStart(other)) {
            return owed.firstOutside(delivered(other, sender), IntervalSet.EMPTY);
        }
        Map<Integer, IntervalSet> earlier = before(process, other);
        return earlier == null
                ? -1
                : owed.firstOutside(delivered(other, sender), earlier.getOrDefault(sender, IntervalSet.EMPTY));
    }

    /** Whether {@code process} delivered the message in the first view of {@code joiner} or later. */
    boolean deliveredSinceJoin(int process, int joiner, int sender, long number) {
        Map<Integer, IntervalSet> earlier = before(process, joiner);
        return earlier != null
                && delivered(process, sender).contains(number)
                && !earlier.getOrDefault(sender, IntervalSet.EMPTY).contains(number);
    }

    /**
     * What {@code process} had delivered when it came into the first view of {@code joiner}, or, having joined still later,
     * into its own; null if it never came so far.
     */
    private @Nullable Map<Integer, IntervalSet> before(int process, int joiner) {
        Long view = firstView.get(joiner);
        NavigableMap<Long, Map<Integer, IntervalSet>> views = before.get(process);
        Map.Entry<Long, Map<Integer, IntervalSet>> entry =
                view == null || views == null ? null : views.ceilingEntry(view);
        return entry == null ? null : entry.getValue();
    }
}
