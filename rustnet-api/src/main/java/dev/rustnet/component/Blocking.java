package dev.rustnet.component;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Runs work that blocks. In the simulator it runs at once, in a turn of its own. */
@FunctionalInterface
public interface Blocking {
    /** Runs {@code work} on a thread of the node's small pool; the stage completes on the loop. Called on the loop. */
    <T> CompletionStage<T> run(Callable<T> work);
}
