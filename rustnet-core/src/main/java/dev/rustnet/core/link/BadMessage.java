package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;

/** A numbered message of a stream cannot be read where it stands: a new connection would bring the same one again. */
public final class BadMessage extends Malformed {
    private static final long serialVersionUID = 1L;

    private final String subject;

    /**
     * @param stream the component whose message it is
     * @param source who sent it first
     * @param number its number
     * @param cause what is wrong
     */
    public BadMessage(String stream, Object source, long number, Malformed cause) {
        super("message " + source + "#" + number + " of " + stream + " cannot be read: " + cause.getMessage());
        subject = source + "#" + number + " of " + stream;
    }

    /** Which message it is; the same for the same message. */
    public String subject() {
        return subject;
    }
}
