package dev.rustnet.transport;

/**
 * Moves frames between processes and is what the node's loop waits in. All methods are called on the loop's thread,
 * except {@link #wakeup}, which any thread may call, and {@link #open}, which the thread that starts the node calls.
 * Events come only from within {@link #poll}, on the thread that calls it.
 */
public interface Transport extends AutoCloseable {
    /**
     * Starts to listen.
     *
     * @throws TransportException when the address cannot be listened on: in use, not of this machine, not an address
     */
    void open(ConnectionHandler handler);

    /** The address listened on, {@code host:port}, with the real port. */
    String localAddress();

    /**
     * Starts to dial {@code host:port}, resolving the name anew. Ends in {@link ConnectionHandler#opened} or
     * {@link ConnectionHandler#dialFailed}, never in an exception.
     */
    Connection dial(String address);

    /**
     * Hands over what has arrived, waiting for it at most so long; 0 does not wait, a negative value waits until an
     * event or {@link #wakeup}.
     *
     * @return whether any event was handed over
     */
    boolean poll(long timeoutNanos);

    /** Ends the present or the next wait in {@link #poll}. Any thread. */
    void wakeup();

    /** Closes the listener and every connection. Idempotent. */
    @Override
    void close();
}
