package dev.rustnet.node;

import org.jspecify.annotations.Nullable;

/** A node stopped because going on was not possible. The message says why and who caused it. */
public final class NodeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
