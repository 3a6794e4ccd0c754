package dev.rustnet.core.link;

/**
 * One thing that a frame says, for a person to read.
 *
 * @param name the component, header or frame kind that it belongs to; a number in hexadecimal when it is unknown
 * @param source of data: the rank of the process that broadcast it first, from 0; otherwise -1
 * @param first of data: the first number; of acknowledgements unused
 * @param count of data: how many messages
 * @param text what it says, or empty
 */
public record FramePart(Kind kind, String name, int source, long first, int count, String text) {
    /** What it is, the more telling ones first. */
    public enum Kind {
        /** Messages of a broadcast or of point-to-point links. */
        DATA,
        /** One side does not accept the other. */
        REFUSAL,
        /** The sender stops in good order. */
        GOODBYE,
        /** Who a process is. */
        HANDSHAKE,
        /** What the sender, or a third process, has received and consumed. */
        ACKNOWLEDGEMENT,
        /** A header of another component. */
        HEADER,
        /** A fair-loss message, such as a heartbeat. */
        FAIR_LOSS,
        /** Nothing but that the sender lives and has heard. */
        SIGN_OF_LIFE
    }

    static FramePart of(Kind kind, String name, String text) {
        return new FramePart(kind, name, -1, 0, 0, text);
    }
}
