package dev.rustnet.node;

import dev.rustnet.core.kernel.KernelRun;
import org.jspecify.annotations.Nullable;

/** A node stopped because going on was not possible. The message says why and who caused it. */
public final class NodeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean anew;

    private NodeFailedException(String message, @Nullable Throwable cause, boolean anew) {
        super(message, cause);
        this.anew = anew;
    }

    static NodeFailedException of(Throwable error) {
        boolean anew = error instanceof KernelRun.Failed failed && failed.anew();
        return new NodeFailedException(String.valueOf(error.getMessage()), error.getCause(), anew);
    }

    /**
     * Whether the process is to take part again as a new incarnation. A node does that by itself, and so this is false, unless it runs
     * in an environment that was given to it: then whoever keeps that builds the next node.
     */
    public boolean startsAnew() {
        return anew;
    }
}
