package dev.rustnet.launcher.simulate;

import dev.rustnet.core.plan.StartException;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.simulation.RunTally;
import dev.rustnet.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Runs a scenario with many seeds on several threads; each run is on one thread, and none knows of the others. */
final class SeedRuns {
    /**
     * What came out.
     *
     * @param failed the verdict that is anything but that the property holds, the first of each seed that has one
     * @param timeUp whether the time was over before all seeds had been run
     */
    record Result(
            long seeds,
            long events,
            SortedMap<String, Long> exercised,
            SortedMap<Long, Verdict> failed,
            boolean timeUp) {}

    /** Told how far it has come, on any thread, about once a second. */
    interface Progress {
        void reached(long seeds, long events, int failed);
    }

    private static final long PROGRESS_NANOS = 1_000_000_000L;

    // Injected
    private final Scenario scenario;
    private final int threads;
    private final boolean collect;
    private final Progress progress;

    // State
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong reportedNanos = new AtomicLong(System.nanoTime());
    private final SortedMap<String, Long> exercised = new TreeMap<>();
    private final SortedMap<Long, Verdict> failed = new TreeMap<>();
    private final List<RuntimeException> problems = new ArrayList<>();

    /** @param collect whether to go on after a seed that failed */
    SeedRuns(Scenario scenario, int threads, boolean collect, Progress progress) {
        this.scenario = scenario;
        this.threads = threads;
        this.collect = collect;
        this.progress = progress;
    }

    /**
     * Runs the seeds from {@code first} on. Unless all failures are collected, it ends with the lowest seed that fails, the
     * same one on any number of threads.
     *
     * @param count how many
     * @param deadlineNanos of {@link System#nanoTime} after which no further one is begun
     */
    Result run(long first, long count, long deadlineNanos) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> work(first, count, deadlineNanos), "rustnet-simulation-" + (i + 1));
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        SortedMap<Long, Verdict> found =
                collect || failed.isEmpty() ? failed : new TreeMap<>(failed.headMap(failed.firstKey() + 1));
        return new Result(done.get(), events.get(), exercised, found, found.isEmpty() && done.get() < count);
    }

    private void work(long first, long count, long deadlineNanos) {
        while (System.nanoTime() - deadlineNanos < 0) {
            long seed = first + next.getAndIncrement();
            // Seeds are begun in their order, so that all below one that fails are run too.
            if (seed - first >= count || seed > last.get()) {
                return;
            }
            try {
                one(seed);
            } catch (StartException e) {
                end(e); // The same with every seed: the settings are wrong.
            } catch (RuntimeException | Error e) {
                end(new IllegalStateException("seed " + seed + ": " + e, e));
            }
        }
    }

    private synchronized void end(RuntimeException problem) {
        last.set(Long.MIN_VALUE);
        problems.add(problem);
    }

    private void one(long seed) {
        RunTally tally = new RunTally();
        Simulation run = scenario.run(seed, tally);
        RunVerdict verdict = run.verdict();
        long allEvents = events.addAndGet(run.steps());
        long seeds = done.incrementAndGet();
        int failures;
        synchronized (this) {
            tally.counts().forEach((what, times) -> exercised.merge(what, times, Long::sum));
            verdict.violation().or(verdict::inconclusive).ifPresent(reason -> {
                failed.put(seed, reason);
                if (!collect) {
                    last.accumulateAndGet(seed, Math::min);
                }
            });
            failures = failed.size();
        }
        long lastNanos = reportedNanos.get();
        long nowNanos = System.nanoTime();
        if (nowNanos - lastNanos > PROGRESS_NANOS && reportedNanos.compareAndSet(lastNanos, nowNanos)) {
            progress.reached(seeds, allEvents, failures);
        }
    }
}
