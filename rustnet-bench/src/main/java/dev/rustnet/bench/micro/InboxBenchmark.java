package dev.rustnet.bench.micro;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * A task that another thread leaves for the event loop, until it has run. The loop never waits for events, so that no wake-up is
 * counted; who has nothing to do gives its processor away.
 */
@SuppressWarnings("ThreadPriorityCheck")
public class InboxBenchmark {
    private static final int CAPACITY = 1024;

    /** A loop between two threads; new in each iteration, in which a thread keeps its part. */
    @State(Scope.Group)
    public static class Shared {
        private volatile EventLoop loop = newLoop();
        private volatile boolean turned;
        private final CountingTask task = new CountingTask();
        /** Of the producer alone. */
        private long left;
        /** Of the loop alone. */
        private long counted;

        /** The threads begin with nothing between them. */
        @Setup(Level.Iteration)
        public void renew() {
            loop = newLoop();
            turned = false;
            task.ran.set(0);
            left = 0;
            counted = 0;
        }

        private static EventLoop newLoop() {
            return new EventLoop(new SystemTime(), CAPACITY, error -> {
                throw new IllegalStateException(error);
            });
        }
    }

    /** The same each time, so that no task costs an allocation. Run by the loop alone. */
    private static final class CountingTask implements Runnable {
        private final AtomicLong ran = new AtomicLong();

        @Override
        public void run() {
            ran.lazySet(ran.get() + 1);
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

    /** The producer, who waits until the loop turns, and while its queue is full. */
    @Benchmark
    @Group("handOver")
    public long execute(Shared shared, Control control) {
        while (!shared.turned || shared.left - shared.task.ran.get() >= CAPACITY) {
            if (control.stopMeasurement) {
                return shared.left;
            }
            Thread.yield();
        }
        shared.loop.execute(shared.task);
        shared.left++;
        return shared.left;
    }

    /** The loop, which turns until one task more has run. */
    @Benchmark
    @Group("handOver")
    public long turn(Shared shared, Control control) {
        while (shared.counted == shared.task.ran.get()) {
            shared.loop.turn(0);
            shared.turned = true;
            if (shared.counted == shared.task.ran.get()) {
                if (control.stopMeasurement) {
                    return shared.counted;
                }
                Thread.yield();
            }
        }
        shared.counted++;
        return shared.counted;
    }
}
