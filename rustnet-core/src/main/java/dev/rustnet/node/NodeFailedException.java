package dev.rustnet.node;

import dev.rustnet.core.kernel.KernelRun;
import org.jspecify.annotations.Nullable;

/** A node stopped because going on was not possible. The message says why and who caused it. */
public final class NodeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long highestIncarnation;

    private NodeFailedException(String message, @Nullable Throwable cause, long highestIncarnation) {
        super(message, cause);
        this.highestIncarnation = highestIncarnation;
    }

    static NodeFailedException of(Throwable error) {
        long highest = error instanceof KernelRun.Failed failed ? failed.former() : 0;
        return new NodeFailedException(String.valueOf(error.getMessage()), error.getCause(), highest);
    }

    /**
     * Whether the process is to take part again as a new incarnation. A node does that by itself, and so this is false, unless it runs
     * in an environment that was given to it: then whoever keeps that builds the next node.
     */
    public boolean startsAnew() {
        return highestIncarnation > 0;
    }

    /** The incarnation above which the next one is to be, when the process {@link #startsAnew}. */
    public long highestIncarnation() {
        return highestIncarnation;
    }
}
