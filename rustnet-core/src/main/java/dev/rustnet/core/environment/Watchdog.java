package dev.rustnet.core.environment;

import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks after one thread from a daemon thread of its own: a handler that blocks it is reported with its stack. */
final class Watchdog {
    private static final int LOOKS_PER_LIMIT = 4;
    private static final long SHORTEST_PACE_NANOS = 10_000_000;
    private static final int MAX_FRAMES = 40;

    /**
     * How to report it.
     *
     * @param blocked begins the sentence, before the time
     * @param consequence ends it
     * @param fix what helps
     * @param goesOn what is said when it is over, before the time
     */
    record Wording(ProblemCode code, String blocked, String consequence, String fix, String goesOn) {}

    // Injected
    private final LongSupplier stretch;
    private final Thread watched;
    private final Duration limit;
    private final System.Logger log;
    private final Wording wording;
    private final Thread thread;

    // State
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param stretch tells the stretch of work that the thread is in, 0 while it waits; called on another thread
     * @param watched does the work
     * @param limit how long one stretch may last
     */
    Watchdog(LongSupplier stretch, Thread watched, Duration limit, System.Logger log, Wording wording) {
        this.stretch = stretch;
        this.watched = watched;
        this.limit = limit;
        this.log = log;
        this.wording = wording;
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
                switch (watch.look(System.nanoTime(), stretch.getAsLong())) {
                    case BLOCKED -> reportBlocked();
                    case GOES_ON ->
                        log.log(
                                System.Logger.Level.WARNING,
                                wording.goesOn() + " for about " + TimeUnit.NANOSECONDS.toMillis(watch.lastedNanos())
                                        + " ms");
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
                                wording.code(),
                                wording.blocked() + " for more than " + limit.toMillis() + " ms; "
                                        + wording.consequence())
                        .with("stack", stack.toString())
                        .fix(wording.fix())
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
