package dev.rustnet.core.environment;

import dev.rustnet.core.loop.EventLoop;
import java.util.concurrent.CountDownLatch;

/** Turns a loop on a thread of its own until it is closed. */
final class LoopThread implements Environment.Driver {
    private static final int JOIN_MILLIS = 10;

    // Injected
    private final EventLoop loop;
    private final Thread thread;

    // State
    private final CountDownLatch turning = new CountDownLatch(1);
    private volatile boolean closed;

    private LoopThread(EventLoop loop, String name) {
        this.loop = loop;
        this.thread = new Thread(this::run, name);
    }

    static LoopThread start(EventLoop loop, String name) {
        LoopThread driver = new LoopThread(loop, name);
        driver.thread.start();
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
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
