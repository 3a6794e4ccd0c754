package dev.rustnet.broadcast;

import dev.rustnet.group.ProcessId;

/**
 * Identifies a message within one broadcast service.
 *
 * @param source the process that broadcast it
 * @param number 1, 2, 3 ... for the messages of that source in this service
 */
public record MessageId(ProcessId source, long number) {
    /** For instance {@code first#12}. */
    @Override
    public String toString() {
        return source + "#" + number;
    }
}
