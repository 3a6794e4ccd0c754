package dev.rustnet.broadcast;

/**
 * The window is full, and the caller runs on the node's loop, which must not wait. Nothing was broadcast. Use
 * {@link Channel#tryBroadcast} and {@link Channel#onWindowOpen} there.
 */
public final class WindowFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WindowFullException(String message) {
        super(message);
    }
}
