package dev.rustnet.core.environment;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.plan.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Turns a loop on a thread of its own until it is closed. */
final class LoopThread implements Environment.Driver {
    private static final int JOIN_MILLIS = 10;
    private static final int WATCHDOG_JOIN_MILLIS = 1_000;
    private static final Watchdog.Wording WORDING = new Watchdog.Wording(
            ProblemCode.LOOP_BLOCKED,
            "a handler has held up the event loop",
            "meanwhile this process answers nobody.",
            "a handler on the loop must not block: context.blocking() is for that, or deliver-on = thread for a handler"
                    + " of a broadcast",
            "the event loop goes on; it was held up");

    // Injected
    private final EventLoop loop;
    private final Thread thread;
    private final @Nullable Watchdog watchdog;

    // State
    private final CountDownLatch turning = new CountDownLatch(1);
    private volatile boolean closed;

    private LoopThread(EventLoop loop, String name, Duration reportBlockedAfter, System.Logger log) {
        this.loop = loop;
        this.thread = new Thread(this::run, name);
        this.watchdog = reportBlockedAfter.isZero()
                ? null
                : new Watchdog(loop::stretch, thread, reportBlockedAfter, log, WORDING);
    }

    /** @param reportBlockedAfter see {@link Watchdog}; zero for none */
    static LoopThread start(EventLoop loop, String name, Duration reportBlockedAfter, System.Logger log) {
        LoopThread driver = new LoopThread(loop, name, reportBlockedAfter, log);
        driver.thread.start();
        if (driver.watchdog != null) {
            driver.watchdog.start();
        }
        driver.awaitFirstTurn();
        return driver;
    }

    /** From the first turn on, the loop knows its thread: nobody else takes himself for it. */
    private void awaitFirstTurn() {
        boolean interrupted = false;
        while (turning.getCount() > 0) {
            try {
                turning.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            turn();
        } finally {
            if (watchdog != null) {
                watchdog.close();
            }
        }
    }

    private void turn() {
        try {
            loop.turn(0);
        } finally {
            turning.countDown();
        }
        while (!closed) {
            loop.turn(-1);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() == thread) {
            if (watchdog != null) {
                watchdog.close(); // what follows on this thread is no handler
            }
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            // Again and again: the loop may have been just about to wait.
            loop.wakeup();
            try {
                thread.join(JOIN_MILLIS);
                if (watchdog != null && !thread.isAlive()) {
                    watchdog.join(WATCHDOG_JOIN_MILLIS);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
