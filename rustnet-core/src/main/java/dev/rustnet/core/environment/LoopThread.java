package dev.rustnet.core.environment;

import dev.rustnet.core.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Turns a loop on a thread of its own until it is closed. */
final class LoopThread implements Environment.Driver {
    private static final int JOIN_MILLIS = 10;
    private static final int WATCHDOG_JOIN_MILLIS = 1_000;

    // Injected
    private final EventLoop loop;
    private final Thread thread;
    private final @Nullable LoopWatchdog watchdog;

    // State
    private final CountDownLatch turning = new CountDownLatch(1);
    private volatile boolean closed;

    private LoopThread(EventLoop loop, String name, Duration reportBlockedAfter, System.Logger log) {
        this.loop = loop;
        this.thread = new Thread(this::run, name);
        this.watchdog = reportBlockedAfter.isZero() ? null : new LoopWatchdog(loop, thread, reportBlockedAfter, log);
    }

    /** @param reportBlockedAfter see {@link LoopWatchdog}; zero for none */
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
