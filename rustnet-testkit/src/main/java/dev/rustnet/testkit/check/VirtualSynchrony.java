package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Virtual synchrony: any two processes, correct or not, that install a view and then the next deliver the same messages
 * between the two. Memory grows with the number of views, not with that of the messages.
 */
final class VirtualSynchrony implements Monitor {
    /** What a process has delivered in one view, by sender. */
    private static final class Stay {
        private final int process;
        private final long view;
        private final Map<Integer, IntervalSet> delivered = new HashMap<>();

        Stay(int process, long view) {
            this.process = process;
            this.view = view;
        }

        IntervalSet of(int sender) {
            return delivered.getOrDefault(sender, IntervalSet.EMPTY);
        }
    }

    private record Difference(long view, int process, int other, int sender, long number) {}

    // State
    private final Map<Integer, Stay> stays = new HashMap<>();
    private final Map<Long, Stay> firstToGoOn = new HashMap<>();
    private @Nullable Difference difference;

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Deliver deliver) {
            Stay stay = stays.get(process);
            if (stay != null) {
                stay.delivered
                        .computeIfAbsent(deliver.sender(), unused -> new IntervalSet())
                        .add(deliver.number());
            }
        } else if (event instanceof Event.InstallView install) {
            Stay ended = stays.put(process, new Stay(process, install.view()));
            if (ended != null && install.view() == ended.view + 1) {
                Stay other = firstToGoOn.putIfAbsent(ended.view, ended);
                if (other != null && difference == null) {
                    difference = difference(ended, other);
                }
            }
        }
    }

    private static @Nullable Difference difference(Stay one, Stay other) {
        TreeSet<Integer> senders = new TreeSet<>(one.delivered.keySet());
        senders.addAll(other.delivered.keySet());
        for (int sender : senders) {
            long extra = one.of(sender).firstOutside(other.of(sender), IntervalSet.EMPTY);
            if (extra >= 0) {
                return new Difference(one.view, one.process, other.process, sender, extra);
            }
            long lacking = other.of(sender).firstOutside(one.of(sender), IntervalSet.EMPTY);
            if (lacking >= 0) {
                return new Difference(one.view, other.process, one.process, sender, lacking);
            }
        }
        return null;
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(difference)
                .map(found -> facts.name(found.process) + " delivered " + facts.message(found.sender, found.number)
                        + " in view " + found.view + ", and " + facts.name(found.other)
                        + " went on from view " + found.view + " to view " + (found.view + 1) + " without it, as "
                        + facts.name(found.process) + " did with it");
    }
}
