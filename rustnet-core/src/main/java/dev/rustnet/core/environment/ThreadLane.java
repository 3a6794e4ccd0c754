package dev.rustnet.core.environment;

import dev.rustnet.core.plan.ProblemCode;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A lane on a daemon thread of its own, which is made when the first task comes. */
final class ThreadLane implements Environment.Lane {
    // Injected
    private final String name;
    private final Duration reportBlockedAfter;
    private final System.Logger log;

    // State
    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Watchdog watchdog;
    /** Of the lane's thread alone. */
    private long tasks;
    /** The number of the present task; 0 when there is none. */
    private volatile long present;

    /** @param reportBlockedAfter after which a task that has not ended is reported; zero for never */
    ThreadLane(String name, Duration reportBlockedAfter, System.Logger log) {
        this.name = name;
        this.reportBlockedAfter = reportBlockedAfter;
        this.log = log;
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::makeThread,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private Thread makeThread(Runnable work) {
        Thread made = new Thread(work, name);
        made.setDaemon(true);
        thread = made;
        if (!reportBlockedAfter.isZero()) {
            Watchdog looksAfter = new Watchdog(
                    () -> present,
                    made,
                    reportBlockedAfter,
                    log,
                    new Watchdog.Wording(
                            ProblemCode.LANE_BLOCKED,
                            "a handler has not returned on " + name,
                            "meanwhile its service delivers nothing here, and others may have to wait with their"
                                    + " broadcasts.",
                            "a handler with deliver-on = thread may block, but not for ever: give what it waits for a"
                                    + " timeout",
                            "a handler on " + name + " has returned; it had blocked"));
            watchdog = looksAfter;
            looksAfter.start();
        }
        return made;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> {
            present = ++tasks;
            try {
                task.run();
            } finally {
                present = 0;
            }
        });
    }

    String name() {
        return name;
    }

    ThreadPoolExecutor executor() {
        return executor;
    }

    @Override
    public boolean inLane() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        Watchdog looksAfter = watchdog;
        if (looksAfter != null) {
            looksAfter.close();
        }
    }
}
