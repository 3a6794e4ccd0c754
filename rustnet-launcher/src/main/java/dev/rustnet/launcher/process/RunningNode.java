package dev.rustnet.launcher.process;

import dev.rustnet.launcher.console.LinePrinter;
import dev.rustnet.launcher.console.StandardOutput;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeFailedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life of a node in a process of its own: from start until SIGTERM, SIGINT, {@link #end}, a failure, or until nobody
 * reads what it prints. A signal is
 * how such a process is meant to be ended, so that its exit code is 0 then.
 */
public final class RunningNode {
    private static final System.Logger LOG = System.getLogger("rustnet.run");

    // Injected
    private final Node node;
    private final StandardOutput output;
    private final LinePrinter printer;

    // State
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable CommandFailedException> failure = new AtomicReference<>();
    private final Thread hook = new Thread(this::onSignal, "rustnet-signal");

    public RunningNode(Node node, StandardOutput output) {
        this.node = node;
        this.output = output;
        this.printer = new LinePrinter(output, this::end);
    }

    /** Prints a line on standard output. Any thread; what was printed before the node stopped is written. */
    public void print(String line) {
        printer.print(line);
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
     * @throws CommandFailedException when {@link #fail} ended it
     */
    public void await() {
        try {
            unwrapped(() -> node.whenStopped().join());
        } finally {
            release();
        }
        CommandFailedException reason = failure.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** Stops the node in good order; {@link #await} returns then. Any thread. */
    public void end() {
        node.close();
    }

    /** Stops the node because this process cannot go on; {@link #await} throws then. Any thread. */
    public void fail(String sentence, Throwable cause) {
        failure.compareAndSet(null, new CommandFailedException(sentence, cause));
        node.close();
    }

    private void release() {
        if (ended.compareAndSet(false, true)) {
            printer.close();
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
            printer.close();
        }
        boolean failed = node.whenStopped().isCompletedExceptionally() || failure.get() != null;
        if (!failed) {
            LOG.log(System.Logger.Level.INFO, "{0} has stopped, as it was told to", node.self());
        }
        // Java would exit with 128 + the signal's number.
        Runtime.getRuntime().halt(failed || output.lost(System.err) ? ExitCode.FAILED : ExitCode.GOOD);
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
