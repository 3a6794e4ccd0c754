package dev.rustnet.broadcast;

import dev.rustnet.group.ProcessId;
import java.time.Instant;

/**
 * A broadcast message that reached this process and could not be handed to the application. It counts as delivered for
 * numbering: the messages after it are delivered.
 *
 * @param reason what was wrong with it
 * @param detail the same in a sentence, as the decoder said it, at most {@value #MAX_DETAIL} characters of it
 * @param service the component whose broadcast service it came by
 * @param channel the name of its channel; empty when it is malformed, because nothing in it can be trusted then
 * @param source the process that broadcast it
 * @param number its number among those of its source in this service, from 1
 * @param size its length in bytes: of the payload, or of the whole message when it is malformed
 * @param firstBytes the first of them, at most {@value #MAX_FIRST_BYTES}, in hexadecimal, two digits each
 * @param time when it was to be delivered, by the wall clock
 */
public record DeadLetter(
        Reason reason,
        String detail,
        String service,
        String channel,
        ProcessId source,
        long number,
        int size,
        String firstBytes,
        Instant time) {
    /** The most bytes that {@link #firstBytes} shows. */
    public static final int MAX_FIRST_BYTES = 64;

    /** The most characters that {@link #detail} has. */
    public static final int MAX_DETAIL = 1_000;

    /** What was wrong. */
    public enum Reason {
        /** Its channel and headers could not be read. */
        MALFORMED,
        /** Its payload is not of the type that the channel's handler asked for. */
        UNDECODABLE
    }
}
