package dev.rustnet.broadcast;

import dev.rustnet.group.View;
import java.nio.ByteBuffer;

/**
 * The events of a broadcast algorithm, as the {@link BroadcastLog} reports them. Processes are named by their rank in
 * the view in force; messages of a source by number, from 1. All methods are called on the loop and may call the log.
 *
 * <p>Events speak of prefixes: {@code upTo} covers everything before it that was not reported yet, so that one call
 * stands for a whole batch.
 */
public interface BroadcastProtocol {
    /**
     * A view is in force; called first of all, and again for each later view. Arrays indexed by rank are laid out anew.
     * What was broadcast in an earlier view has been delivered by then, or never will be. Between the end of a view and
     * this call no event comes, and {@link BroadcastLog#deliver} has no effect.
     */
    void viewInstalled(View view);

    /** This process now holds the messages of {@code source} up to {@code upTo}, without a hole; own ones included. */
    void received(int source, long upTo);

    /** {@code process} is now known to hold the messages of {@code source} up to {@code upTo}. Not called for itself. */
    void acked(int process, int source, long upTo);

    /** The member counts no more: it crashed for good or left. Its place in the view remains. */
    void removed(int process);

    /**
     * The view ends, and all go on from it with the same: {@code log} holds the messages of each member up to {@code cut},
     * takes deliveries up to there once more, and passes no further event of this view on. What this leaves undelivered is
     * discarded, here and, because all members hold the same, everywhere. Called where views change, for a log whose
     * messages are {@linkplain BroadcastLog.Retention#BY_ALL retained by all}.
     *
     * @param cut by rank in the view that ends, the number of the last message that belongs to it
     */
    default void viewEnds(BroadcastLog log, long[] cut) {
        for (int source = 0; source < cut.length; source++) {
            log.deliver(source, cut[source]);
        }
    }

    /**
     * The most bytes that {@link #writePrefix} writes, up to 16,383; 0 for an algorithm that adds nothing to its messages,
     * which then carry nothing for it. A constant, the same at every process.
     */
    default int maxPrefixLength() {
        return 0;
    }

    /**
     * A message of the own process, the one after {@code received(self)}, is being encoded: writes what this algorithm
     * wants to know of it everywhere; see {@link BroadcastLog#prefix}. Called only with a length above 0.
     */
    default void writePrefix(ByteBuffer out) {}
}
