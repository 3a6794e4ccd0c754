package dev.rustnet.broadcast;

import dev.rustnet.group.View;

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
}
