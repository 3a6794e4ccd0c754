package dev.rustnet.broadcast;

/**
 * The window is full, and the caller runs on the node's loop, which must not wait. Nothing was broadcast, sent or
 * asked. There, {@link Channel#tryBroadcast} or {@code TypedLinks.trySend} says no instead, and {@code onWindowOpen} tells when to try
 * again.
 */
public final class WindowFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WindowFullException(String message) {
        super(message);
    }
}
