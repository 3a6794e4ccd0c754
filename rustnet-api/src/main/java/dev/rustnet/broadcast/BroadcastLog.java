package dev.rustnet.broadcast;

import dev.rustnet.group.View;
import java.nio.ByteBuffer;

/**
 * The messages of one broadcast service that this process retains, by source and number, and what is known about who
 * holds which: {@code acked[p][s]} is the highest k such that p holds s:1..k. An algorithm decides on it who is sent
 * what ({@link #send}) and when a message is delivered ({@link #deliver}); the log does the rest:
 *
 * <ul>
 *   <li>numbering, encoding once, and windows: a source may have only as many bytes and messages outstanding as every
 *       member that counts has room for (credit), relays included;
 *   <li>sending as a cursor over the retained messages, which starts after what the receiver is known to hold, resumes
 *       there after a lost connection or silence, and skips what the receiver got by another way;
 *   <li>receiving in order without duplicates or holes; cumulative acknowledgements, at most one per turn and link,
 *       those of other processes passed on;
 *   <li>delivery in the order of the calls of {@link #deliver}, within the loop's time budget, to the channels;
 *   <li>forgetting a message once it is delivered here and held by every member that counts.
 * </ul>
 *
 * <p>All methods are called on the loop, except {@link #channel}, which any thread may call.
 */
public interface BroadcastLog {
    /** The view in force; {@link View#NONE} before the first. */
    View view();

    /** The rank of the own process in the view. */
    int self();

    /** The highest k such that this process holds {@code source}:1..k. */
    long received(int source);

    /** The highest k such that {@code process} is known to hold {@code source}:1..k; for the own rank as received. */
    long acked(int process, int source);

    /** The number up to which messages of {@code source} have been handed to {@link #deliver}. */
    long delivered(int source);

    /** Whether that member counts no more. */
    boolean removed(int process);

    /**
     * From now on sends to {@code to} all messages of {@code source} that it lacks, as they are received here, until
     * {@link #stopSending}. For the own rank as source this is how a message gets out; for others it is a relay. No
     * effect where {@code to} is the own process, {@code source} itself, or removed.
     */
    void send(int source, int to);

    /** Ends {@link #send}. What is already on its way stays so. */
    void stopSending(int source, int to);

    /** Whether {@link #send} is in force for this pair. */
    boolean sending(int source, int to);

    /**
     * Delivers the messages of {@code source} up to {@code upTo} that were not delivered before, in order, after all
     * that was handed over before, in this or a later turn. Numbers above {@link #received} are an error of the caller.
     *
     * <p>While a view ends, from the report of this process until {@link BroadcastProtocol#viewEnds}, nothing is taken: then
     * {@link #delivered} stays as it was.
     */
    void deliver(int source, long upTo);

    /**
     * What {@link BroadcastProtocol#writePrefix} wrote for that message, which was received and has not been delivered yet,
     * between position and limit; valid until the caller's turn ends.
     *
     * @throws RuntimeException when the message is malformed
     */
    ByteBuffer prefix(int source, long number);

    /** Opens the channel for applications; a component provides its service with it: {@code log::channel}. */
    Channel channel(String name);

    /** How a log treats messages; see {@code ComponentContext.broadcastLog}. */
    enum Retention {
        /**
         * Only the source retains a message for others; other processes forget it once they delivered it. Such messages are
         * not bound to a view: they are taken from every member of the view in force, whenever they were broadcast.
         */
        BY_SOURCE,
        /**
         * Every process retains every message until all that count hold it, so that it can be relayed. Messages belong to
         * the view in which they were broadcast, and all that go on from it to the next deliver the same of it.
         */
        BY_ALL
    }

    /** To whom an acknowledgement is sent at once; to the others it goes with the next batch or within a moment. */
    enum Acknowledgement {
        /** To the source alone, which needs it for its window. */
        TO_SOURCE,
        /** To everybody, as an algorithm needs that waits for acknowledgements before it delivers. */
        TO_ALL
    }
}
