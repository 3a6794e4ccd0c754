package dev.rustnet.component;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Runs work that blocks. In the simulator it runs at once, in a turn of its own. */
@FunctionalInterface
public interface Blocking {
    /**
     * Runs {@code work} on a thread of the node's small pool ({@code rustnet.node.blocking-threads}); the stage completes on
     * the loop. Called on the loop.
     *
     * <p>The stage completes exceptionally with what {@code work} threw, and with a {@link
     * java.util.concurrent.RejectedExecutionException} when the pool is full, which is when 1,024 pieces of work wait
     * already. When the node stops first, work that waits is not run, the threads are interrupted, and the stage does not
     * complete.
     */
    <T> CompletionStage<T> run(Callable<T> work);
}
