package dev.rustnet.broadcast;

import dev.rustnet.group.ProcessId;

/**
 * Broadcasts of one service of which a process cannot know, when its incarnation ends, whether the others deliver them: all of them
 * do, or none, where the service is reliable; some may, where it is best-effort.
 *
 * @param service the name of the component
 * @param source the incarnation that broadcast them
 * @param first the number of the first of them
 * @param last the number of the last, at least {@code first}: all between are of this kind, too
 */
public record UnknownOutcome(String service, ProcessId source, long first, long last) {
    public UnknownOutcome {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("from " + first + " to " + last + " there are no messages");
        }
    }

    /** Whether that message is one of them; its id is what broadcasting returned. */
    public boolean contains(MessageId id) {
        return id.source().equals(source) && id.number() >= first && id.number() <= last;
    }

    /** How many there are. */
    public long count() {
        return last - first + 1;
    }
}
