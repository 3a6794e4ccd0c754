package dev.rustnet.core.environment;

import dev.rustnet.component.Sink;
import dev.rustnet.component.Store;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** The real world: the machine's clock, threads, files and network. */
public final class SystemEnvironment implements Environment, AutoCloseable {
    private static final int MAX_BLOCKING_TASKS = 1_024;
    private static final int BLOCKING_IDLE_SECONDS = 5;
    private static final int REPORT_WAITING_SECONDS = 2;
    /** Where handlers may block, so many times as long is still nothing to speak of. */
    private static final int LANE_PATIENCE = 10;

    // Injected
    private final ClassLoader loader;
    private final String processName;
    private final Path dataDirectory;
    private final Duration reportBlockedAfter;

    // State
    private final SecureRandom seeds = new SecureRandom();
    private final ThreadPoolExecutor blocking;
    private final List<ThreadLane> lanes = new CopyOnWriteArrayList<>();

    /**
     * @param loader where transports are looked for
     * @param processName for the names of threads
     * @param dataDirectory where stores are
     * @param blockingThreads the most threads for work that blocks
     * @param reportBlockedAfter after which a handler that holds up a loop is reported, and after ten times that one on a
     *     lane; zero for never
     */
    public SystemEnvironment(
            ClassLoader loader,
            String processName,
            Path dataDirectory,
            int blockingThreads,
            Duration reportBlockedAfter) {
        this.reportBlockedAfter = reportBlockedAfter;
        this.loader = loader;
        this.processName = processName;
        this.dataDirectory = dataDirectory;
        AtomicInteger serial = new AtomicInteger();
        this.blocking = new ThreadPoolExecutor(
                blockingThreads,
                blockingThreads,
                BLOCKING_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_BLOCKING_TASKS),
                task -> {
                    Thread thread =
                            new Thread(task, "rustnet-" + processName + "-blocking-" + serial.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        blocking.allowCoreThreadTimeOut(true);
    }

    @Override
    public TimeSource time() {
        return new SystemTime();
    }

    @Override
    public RandomGenerator random(String purpose) {
        return new SplittableRandom(seeds.nextLong());
    }

    @Override
    public Transport transport(String name, TransportProvider.Settings settings) {
        Map<String, TransportProvider> found = new TreeMap<>();
        ServiceLoader.load(TransportProvider.class, loader).forEach(one -> found.putIfAbsent(one.name(), one));
        TransportProvider provider = found.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("there is no transport \"" + name + "\" on the class path; there is "
                    + (found.isEmpty() ? "none at all" : String.join(", ", found.keySet())));
        }
        return provider.create(settings);
    }

    @Override
    public Executor blocking() {
        return blocking;
    }

    @Override
    public Lane lane(String name) {
        ThreadLane lane = new ThreadLane(
                "rustnet-" + processName + "-" + name,
                reportBlockedAfter.multipliedBy(LANE_PATIENCE),
                logger("rustnet.node"));
        lanes.add(lane);
        return lane;
    }

    @Override
    public Sink sink(String name) {
        return FileSink.open(Path.of(name));
    }

    @Override
    public Store store(String component, String name) {
        return new FileStore(
                dataDirectory.resolve(FileStore.fileName(component)).resolve(FileStore.fileName(name)));
    }

    @Override
    public System.Logger logger(String name) {
        return System.getLogger(name);
    }

    @Override
    public Driver drive(EventLoop loop, String processName) {
        return LoopThread.start(loop, "rustnet-" + processName, reportBlockedAfter, logger("rustnet.node"));
    }

    /** Lets go of the threads for blocking work; what waits is not run. */
    @Override
    public void close() {
        blocking.shutdownNow();
    }

    /**
     * Waits, after all has been closed, until nothing runs on any thread of this world but loops. Says so, again and again, when that
     * takes long: nothing but the handlers themselves can end it.
     */
    public void awaitThreads() {
        awaitEnd(blocking, "work of context.blocking()");
        lanes.forEach(lane -> awaitEnd(lane.executor(), "a handler on " + lane.name()));
    }

    private void awaitEnd(ThreadPoolExecutor threads, String what) {
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                if (!threads.awaitTermination(REPORT_WAITING_SECONDS, TimeUnit.SECONDS)) {
                    logger("rustnet.node")
                            .log(
                                    System.Logger.Level.WARNING,
                                    "the next incarnation of " + processName + " waits until " + what
                                            + ", which was interrupted, has returned");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class SystemTime implements TimeSource {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    }
}
