package dev.rustnet.core.log;

/** The incarnation has ended before a message was numbered: it is not broadcast, and the next incarnation may do so. */
public final class LogClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final boolean mayWait;

    /** @param mayWait whether the caller may wait for what comes: it runs neither on the loop nor in a handler of the ended log */
    LogClosedException(boolean mayWait) {
        super("the node has stopped");
        this.mayWait = mayWait;
    }

    public boolean mayWait() {
        return mayWait;
    }
}
