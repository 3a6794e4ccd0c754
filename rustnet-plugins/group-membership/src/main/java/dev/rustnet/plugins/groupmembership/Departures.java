package dev.rustnet.plugins.groupmembership;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who is gone, in the own opinion alone: who has been suspected without a break for as long as exclusion takes, said goodbye
 * without having left, crashed by the word of a perfect detector, or has been succeeded by another incarnation of its name.
 */
final class Departures implements FailureDetector.SuspicionListener {
    /** Nobody is gone because of a suspicion. */
    static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    // Injected
    private final Clock clock;
    private final long exclusionNanos;
    private final Runnable onChange;

    // State
    private final Map<ProcessId, Long> suspectedSince = new HashMap<>();
    private final Set<ProcessId> ended = new HashSet<>();

    Departures(Clock clock, long exclusionNanos, Runnable onChange) {
        this.clock = clock;
        this.exclusionNanos = exclusionNanos;
        this.onChange = onChange;
    }

    @Override
    public void suspect(ProcessId process) {
        suspectedSince.putIfAbsent(process, clock.nanos());
        onChange.run();
    }

    @Override
    public void restore(ProcessId process) {
        suspectedSince.remove(process);
        onChange.run();
    }

    boolean suspects(ProcessId process) {
        return suspectedSince.containsKey(process) || ended.contains(process);
    }

    /** It has come to its end, for certain: said goodbye, crashed, or was succeeded. */
    void end(ProcessId process) {
        if (ended.add(process)) {
            onChange.run();
        }
    }

    boolean hasEnded(ProcessId process) {
        return ended.contains(process);
    }

    /** Whether an incarnation of that name has ended, that one or a later one. */
    boolean hasEnded(String name, long atLeast) {
        return ended.stream().anyMatch(process -> process.name().equals(name) && process.incarnation() >= atLeast);
    }

    /** It said goodbye, and is here again. */
    void isBack(ProcessId process) {
        if (ended.remove(process)) {
            onChange.run();
        }
    }

    /** Those of {@code members} that are gone. */
    SortedSet<ProcessId> among(Collection<ProcessId> members) {
        SortedSet<ProcessId> gone = new TreeSet<>();
        for (ProcessId member : members) {
            Long since = suspectedSince.get(member);
            if (ended.contains(member) || (since != null && clock.nanos() - since >= exclusionNanos)) {
                gone.add(member);
            }
        }
        return gone;
    }

    /** Forgets all but these, of whom somebody may still ask. */
    void retain(Collection<ProcessId> processes) {
        suspectedSince.keySet().retainAll(processes);
        ended.retainAll(processes);
    }
}
