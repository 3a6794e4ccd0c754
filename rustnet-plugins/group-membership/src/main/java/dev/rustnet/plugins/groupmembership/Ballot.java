package dev.rustnet.plugins.groupmembership;

import java.util.Comparator;

/**
 * One attempt of one process to have the successor of a view agreed. Attempts of one view are ordered, and none is made
 * twice.
 *
 * @param view the number of the view that is to end; 0 for the formation of the first one
 * @param round from 1; 0 stands for no attempt
 * @param proposer the rank in the group of the process whose attempt it is
 */
record Ballot(long view, long round, int proposer) implements Comparable<Ballot> {
    private static final Comparator<Ballot> ORDER = Comparator.comparingLong(Ballot::view)
            .thenComparingLong(Ballot::round)
            .thenComparingInt(Ballot::proposer);

    /** Lower than every attempt. */
    static final Ballot NONE = new Ballot(0, 0, 0);

    boolean isFor(long number) {
        return round > 0 && view == number;
    }

    boolean atLeast(Ballot other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }
}
