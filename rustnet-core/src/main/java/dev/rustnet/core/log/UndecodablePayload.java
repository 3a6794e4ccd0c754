package dev.rustnet.core.log;

/** The payload of a message is not what its handler asked for. Leads from the handler back to who counts. */
final class UndecodablePayload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecodablePayload(IllegalArgumentException cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
