package dev.rustnet.transport.nio;

/** Something that the {@link Reactor} watches and gives turns to. */
abstract class Source {
    /** Whether it waits for a turn; the reactor's. */
    boolean queued;
    /** When {@link #expired} is due, while it is on the reactor's list. */
    long deadlineNanos;

    /** The selector reports it ready. Called while selecting: it is to take note, and nothing else. */
    abstract void ready(int operations);

    /**
     * Its turn: does what there is to do, calling the handler where due, and lets through what that throws, in a state in
     * which nothing gets lost.
     *
     * @param untilNanos when the poll's budget is spent
     */
    abstract void work(long untilNanos);

    /** Its deadline has passed. Does not call the handler. */
    abstract void expired();

    /** The transport closes. Does not call the handler. */
    abstract void close();
}
