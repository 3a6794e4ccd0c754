package dev.rustnet.link;

/**
 * A {@linkplain TypedLinks#request request} ended without its reply. Except for {@link Reason#NO_HANDLER}, {@link
 * Reason#UNREADABLE} and {@link Reason#BUSY} the other process may have handled it or not, once at most.
 */
public final class RequestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is no reply. */
    public enum Reason {
        /** None came in time. */
        TIMEOUT,
        /** The failure detector suspects the other process, rightly or not. */
        SUSPECTED,
        /** The other process counts no more: it crashed, left, was excluded, or is another incarnation by now. */
        GONE,
        /** The other process has no handler for requests of this class. */
        NO_HANDLER,
        /** The other process could not decode the request. */
        UNREADABLE,
        /** So many requests of this process are unanswered there that it took no more. */
        BUSY,
        /** The handler threw, or what it replied cannot be sent. */
        HANDLER_FAILED,
        /** What came as the reply is not of the class that the request names. */
        WRONG_REPLY,
        /** The own node has stopped. */
        STOPPED
    }

    private final Reason reason;

    /** Made by the kernel. */
    public RequestFailedException(Reason reason, String message) {
        super(message, null, false, false); // It comes from another process, or from time: no stack tells anything.
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
