package dev.rustnet.group;

import java.util.List;

/**
 * One view of the group: who counts. Views are numbered from 1. The rank of a member is its index, 0 to
 * {@code size() - 1}; protocols index their arrays with it.
 *
 * @param number 1 for the first view; 0 stands for none
 * @param members sorted by name; a member that has not been met yet has an unknown incarnation, which only the static
 *     membership's view can hold
 */
public record View(long number, List<ProcessId> members) {
    /** Stands for the view of a process that has not been in one yet: number 0, nobody. */
    public static final View NONE = new View(0, List.of());

    public View {
        members = List.copyOf(members);
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
