package dev.rustnet.transport;

/** The transport cannot listen. The message says on which address and why. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as the kernel words its report by it. */
    public enum Reason {
        /** Another program has this port. */
        ADDRESS_IN_USE,
        /** The address is not one of this machine, or cannot be resolved. */
        NOT_LOCAL,
        /** Anything else; see the message. */
        OTHER
    }

    private final Reason reason;

    public TransportException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
