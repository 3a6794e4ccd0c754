package dev.rustnet.core.environment;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks after one loop from a daemon thread of its own: a handler that blocks it is reported with its stack. */
final class LoopWatchdog {
    private static final int LOOKS_PER_LIMIT = 4;
    private static final long SHORTEST_PACE_NANOS = 10_000_000;
    private static final int MAX_FRAMES = 40;

    // Injected
    private final EventLoop loop;
    private final Thread watched;
    private final Duration limit;
    private final System.Logger log;
    private final Thread thread;

    // State
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param watched the thread that turns the loop
     * @param limit how long one stretch of its work may last
     */
    LoopWatchdog(EventLoop loop, Thread watched, Duration limit, System.Logger log) {
        this.loop = loop;
        this.watched = watched;
        this.limit = limit;
        this.log = log;
        thread = new Thread(this::run, watched.getName() + "-watchdog");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long pace = Math.max(limit.toNanos() / LOOKS_PER_LIMIT, SHORTEST_PACE_NANOS);
        BlockedWatch watch = new BlockedWatch(limit.toNanos(), pace, System.nanoTime());
        try {
            while (!closed.await(pace, TimeUnit.NANOSECONDS)) {
                switch (watch.look(System.nanoTime(), loop.stretch())) {
                    case BLOCKED -> reportBlocked();
                    case GOES_ON ->
                        log.log(
                                System.Logger.Level.WARNING,
                                "the event loop goes on; it was held up for about "
                                        + TimeUnit.NANOSECONDS.toMillis(watch.lastedNanos()) + " ms");
                    case NOTHING -> {}
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportBlocked() {
        StringBuilder stack = new StringBuilder();
        StackTraceElement[] frames = watched.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
            stack.append(i == 0 ? "" : System.lineSeparator() + "               ")
                    .append(frames[i]);
        }
        log.log(
                System.Logger.Level.WARNING,
                Problem.of(
                                ProblemCode.LOOP_BLOCKED,
                                "a handler has held up the event loop for more than " + limit.toMillis()
                                        + " ms; meanwhile this process answers nobody.")
                        .with("stack", stack.toString())
                        .fix("a handler on the loop must not block: context.blocking() is for that, or deliver-on ="
                                + " thread for a handler of a broadcast")
                        .toString());
    }

    /** Ends it, without waiting. Any thread. */
    void close() {
        closed.countDown();
    }

    /** Waits until it has ended, at most so long. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
