package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed on: the next view, and what belongs to the one before.
 *
 * @param before the members of the view that ends; nobody for the first view
 * @param next the view that follows
 * @param cuts by the name of a broadcast service: for each of {@code before} the number of its last message that belongs to
 *     the view that ends
 */
record Proposal(List<ProcessId> before, View next, SortedMap<String, long[]> cuts) {
    Proposal {
        before = List.copyOf(before);
    }

    boolean keeps(ProcessId process) {
        return before.contains(process) && next.members().contains(process);
    }

    /** Whether that one says the same. */
    boolean sameAs(@Nullable Proposal other) {
        return other != null
                && next.equals(other.next)
                && before.equals(other.before)
                && cuts.keySet().equals(other.cuts.keySet())
                && cuts.keySet().stream().allMatch(service -> Arrays.equals(cut(service), other.cut(service)));
    }

    /** The cut of that service; nothing belongs to the view of one that nobody has reported. */
    long[] cut(String service) {
        long[] cut = cuts.get(service);
        return cut == null ? new long[before.size()] : cut;
    }

    /** The same by rank in the next view, where those who are new have no messages that belong to an earlier view. */
    long[] base(String service) {
        long[] cut = cut(service);
        long[] base = new long[next.size()];
        for (int rank = 0; rank < base.length; rank++) {
            int former = before.indexOf(next.members().get(rank));
            base[rank] = former < 0 ? 0 : cut[former];
        }
        return base;
    }
}
