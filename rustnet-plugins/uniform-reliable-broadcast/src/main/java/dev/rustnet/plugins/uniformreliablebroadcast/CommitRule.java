package dev.rustnet.plugins.uniformreliablebroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import java.util.function.IntPredicate;

/**
 * Whose acknowledgements a message needs before it may be delivered. Acknowledgements are cumulative, so that the answer
 * for all messages of a source is one number. Each rule guarantees that as long as its assumption about crashes holds,
 * some correct process holds whatever anybody has delivered.
 */
public enum CommitRule {
    /** Every member that is not suspected, and a majority of the view: a wrong suspicion can delay, never break. */
    ALL_UNSUSPECTED,
    /** Every member that has not crashed or left. Needs a perfect failure detector; any number of crashes. */
    ALL_LIVING,
    /** A majority of the view, whoever they are. */
    MAJORITY;

    /**
     * The highest k such that this process holds messages 1..k of {@code source} and may deliver them.
     *
     * @param scratch room for one number per member, so that nothing is allocated here
     */
    long commit(BroadcastLog log, int source, IntPredicate suspected, long[] scratch) {
        long committed = log.received(source);
        if (this != MAJORITY) {
            for (int process = 0; process < scratch.length; process++) {
                if (waitsFor(log, process, suspected)) {
                    committed = Math.min(committed, log.acked(process, source));
                }
            }
        }
        return this == ALL_LIVING ? committed : Math.min(committed, heldByMajority(log, source, scratch));
    }

    /** Whether this rule insists on the acknowledgement of that very member. */
    boolean waitsFor(BroadcastLog log, int process, IntPredicate suspected) {
        return switch (this) {
            case ALL_UNSUSPECTED -> !log.removed(process) && !suspected.test(process);
            case ALL_LIVING -> !log.removed(process);
            case MAJORITY -> false;
        };
    }

    /** How many processes must hold a message. */
    int needed(BroadcastLog log, IntPredicate suspected) {
        int insisted = 0;
        for (int process = 0; process < log.view().size(); process++) {
            insisted += waitsFor(log, process, suspected) ? 1 : 0;
        }
        return this == ALL_LIVING ? insisted : Math.max(insisted, log.view().majority());
    }

    /** The highest k such that a majority of the view is known to hold messages 1..k of {@code source}. */
    private static long heldByMajority(BroadcastLog log, int source, long[] scratch) {
        int size = scratch.length;
        for (int process = 0; process < size; process++) {
            // Insertion keeps the numbers sorted, smallest first; groups are small.
            long held = log.acked(process, source);
            int at = process;
            while (at > 0 && scratch[at - 1] > held) {
                scratch[at] = scratch[at - 1];
                at--;
            }
            scratch[at] = held;
        }
        return scratch[size - log.view().majority()];
    }
}
