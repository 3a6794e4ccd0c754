package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a process stands, as it says of itself. The latest says all there is to say, so that older ones need not arrive.
 *
 * @param installed how the view in force there came about; null for a process that has been in none
 * @param remembered how the last view came about that it remembers from before it was started; null in a view, and where
 *     there is none
 * @param answered the highest question answered: this process is there, and would go on
 * @param promised the highest attempt that it takes part in; it has stopped when that is one of the view in force
 * @param held by the name of a broadcast service, what it holds of the view in force, once it has stopped
 * @param accepted the highest attempt whose proposal it has accepted
 * @param acceptedProposal that proposal
 * @param gone the members of the view that it takes for gone
 * @param leaving whether it wants to leave
 * @param step how far its own attempt has come
 * @param ballot its own attempt; meaningless without one
 * @param proposed what it proposes, in {@link Step#PROPOSE}
 */
record Standing(
        @Nullable Proposal installed,
        @Nullable Proposal remembered,
        Ballot answered,
        Ballot promised,
        SortedMap<String, long[]> held,
        Ballot accepted,
        @Nullable Proposal acceptedProposal,
        SortedSet<ProcessId> gone,
        boolean leaving,
        Step step,
        Ballot ballot,
        @Nullable Proposal proposed) {
    /** Where everybody begins. */
    static final Standing FIRST = new Standing(
            null,
            null,
            Ballot.NONE,
            Ballot.NONE,
            Collections.unmodifiableSortedMap(new TreeMap<>()),
            Ballot.NONE,
            null,
            Collections.unmodifiableSortedSet(new TreeSet<>()),
            false,
            Step.NONE,
            Ballot.NONE,
            null);

    /** How far the attempt of a proposer has come. */
    enum Step {
        /** There is none. */
        NONE,
        /** It asks whether all are there that would go on. Nobody stops for that. */
        ASK,
        /** All are there: everybody stops and reports. */
        STOP,
        /** A proposal covers the reports. */
        PROPOSE
    }

    /** The number of the view in force there. */
    long view() {
        return installed == null ? 0 : installed.next().number();
    }

    List<ProcessId> members() {
        return installed == null ? List.of() : installed.next().members();
    }

    /** What it holds of that service's messages by source; null when it has not reported. */
    long @Nullable [] held(String service) {
        return held.get(service);
    }
}
