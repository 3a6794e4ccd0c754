package dev.rustnet.group;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One view of the group: who counts. Views are numbered from 1. The rank of a member is its index, 0 to
 * {@code size() - 1}; protocols index their arrays with it.
 *
 * @param number 1 for the first view; 0 stands for none
 * @param members sorted by name; a member that has not been met yet has an unknown incarnation, which only the static
 *     membership's view can hold
 * @param incarnations by the name of a process: how many incarnations of it the views have held, this one and those before
 */
public record View(long number, List<ProcessId> members, Map<String, Integer> incarnations) {
    /** Stands for the view of a process that has not been in one yet: number 0, nobody. */
    public static final View NONE = new View(0, List.of());

    /** @throws IllegalArgumentException when a member is not among the incarnations */
    public View {
        members = List.copyOf(members);
        incarnations = Collections.unmodifiableSortedMap(new TreeMap<>(incarnations));
        for (ProcessId member : members) {
            if (incarnations.getOrDefault(member.name(), 0) < 1) {
                throw new IllegalArgumentException("no incarnation of the member " + member + " is counted");
            }
        }
    }

    /** A view whose members are the first incarnations of their names, as those of the first view are. */
    public View(long number, List<ProcessId> members) {
        this(number, members, counted(Map.of(), List.of(), members));
    }

    /** The view that follows this one. */
    public View next(List<ProcessId> nextMembers) {
        return new View(number + 1, nextMembers, counted(incarnations, members, nextMembers));
    }

    private static SortedMap<String, Integer> counted(
            Map<String, Integer> before, List<ProcessId> former, List<ProcessId> members) {
        SortedMap<String, Integer> counted = new TreeMap<>(before);
        for (ProcessId member : members) {
            if (!former.contains(member)) {
                counted.merge(member.name(), 1, Integer::sum);
            }
        }
        return counted;
    }

    /** How many earlier incarnations of the process with that name views have held; 0 for a name that none has held. */
    public int earlierIncarnations(String name) {
        int held = incarnations.getOrDefault(name, 0);
        return rank(name) < 0 ? held : held - 1;
    }

    public int size() {
        return members.size();
    }

    /** The smallest number of members that is more than half. */
    public int majority() {
        return members.size() / 2 + 1;
    }

    /** The rank of the member with that name, or -1. */
    public int rank(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The rank of that process: its name, and its incarnation where the view knows one; or -1. */
    public int rank(ProcessId process) {
        int rank = rank(process.name());
        if (rank < 0) {
            return -1;
        }
        ProcessId member = members.get(rank);
        return !member.known() || !process.known() || member.incarnation() == process.incarnation() ? rank : -1;
    }
}
