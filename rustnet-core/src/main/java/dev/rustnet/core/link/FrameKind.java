package dev.rustnet.core.link;

/** The first byte of each frame between two processes. */
final class FrameKind {
    /** Data, acknowledgements, headers. */
    static final byte BATCH = 1;
    /** The dialler's first frame: who it is. */
    static final byte HELLO = 2;
    /** The answer: who the other is; it has accepted the dialler. */
    static final byte WELCOME = 3;
    /** The dialler has accepted the other too: the connection is established. */
    static final byte ACCEPT = 4;
    /** One side does not accept the other, and says why. */
    static final byte REFUSE = 5;
    /** The sender stops in good order. */
    static final byte GOODBYE = 6;

    private FrameKind() {}
}
