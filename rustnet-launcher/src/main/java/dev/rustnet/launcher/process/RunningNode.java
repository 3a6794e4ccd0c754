package dev.rustnet.launcher.process;

import dev.rustnet.node.Node;
import dev.rustnet.node.NodeFailedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The life of a node in a process of its own: from start until SIGTERM, SIGINT, {@link #end} or a failure. A signal is
 * how such a process is meant to be ended, so that its exit code is 0 then.
 */
public final class RunningNode {
    // Injected
    private final Node node;
    private final AutoCloseable output;

    // State
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread hook = new Thread(this::onSignal, "rustnet-signal");

    /** @param output closed after the node */
    public RunningNode(Node node, AutoCloseable output) {
        this.node = node;
        this.output = output;
    }

    /**
     * Starts the node.
     *
     * @throws dev.rustnet.core.plan.StartException when it cannot listen
     */
    public void start() {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            unwrapped(() -> node.start().join());
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    /**
     * Waits until the node has stopped.
     *
     * @throws NodeFailedException when it stopped as failed
     */
    public void await() {
        try {
            unwrapped(() -> node.whenStopped().join());
        } finally {
            release();
        }
    }

    /** Stops the node in good order; {@link #await} returns then. Any thread. */
    public void end() {
        node.close();
    }

    private void release() {
        if (ended.compareAndSet(false, true)) {
            closeOutput();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // A signal came meanwhile; its thread ends the process.
            }
        }
    }

    private void onSignal() {
        node.close();
        if (ended.compareAndSet(false, true)) {
            closeOutput();
        }
        // Java would exit with 128 + the signal's number.
        Runtime.getRuntime().halt(node.whenStopped().isCompletedExceptionally() ? ExitCode.FAILED : ExitCode.GOOD);
    }

    private void closeOutput() {
        try {
            output.close();
        } catch (Exception e) {
            System.err.println("rustnet: standard output could not be closed: " + e);
        }
    }

    private static void unwrapped(Runnable wait) {
        try {
            wait.run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
