package dev.rustnet.testkit.simulation;

import dev.rustnet.core.environment.Environment;
import java.util.ArrayDeque;

/**
 * The lane of one incarnation of a simulated process: each task runs at a moment of its own, between turns of the loop.
 * Time that a task {@linkplain SimulatedProcess#spend spends} keeps the next task of this lane waiting, and nobody else.
 */
final class SimulatedLane implements Environment.Lane {
    /** What a task costs that spends nothing. */
    private static final long TASK_NANOS = 1_000;

    // Injected
    private final SimulatedProcess process;
    private final SimulatedProcess.Incarnation incarnation;
    private final Scheduler scheduler;

    // State
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;
    private boolean running;
    private boolean closed;
    private long spentNanos;

    SimulatedLane(SimulatedProcess process, SimulatedProcess.Incarnation incarnation, Scheduler scheduler) {
        this.process = process;
        this.incarnation = incarnation;
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        schedule(TASK_NANOS);
    }

    private void schedule(long delayNanos) {
        if (!scheduled && !running && !tasks.isEmpty()) {
            scheduled = true;
            scheduler.after(delayNanos, () -> process.callWhenAwake(incarnation, this::next));
        }
    }

    private void next() {
        scheduled = false;
        if (closed) {
            return;
        }
        running = true;
        spentNanos = 0;
        try {
            process.inLane(this, tasks.remove());
        } finally {
            running = false;
        }
        schedule(TASK_NANOS + spentNanos);
    }

    void spend(long nanos) {
        spentNanos += nanos;
    }

    @Override
    public boolean inLane() {
        return running;
    }

    @Override
    public void close() {
        closed = true;
    }
}
