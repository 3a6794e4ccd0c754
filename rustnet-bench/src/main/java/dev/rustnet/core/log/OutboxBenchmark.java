package dev.rustnet.core.log;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * A message of 100 bytes on its way into the loop, on one thread, and from a producer to the thread of the loop. Who has to wait gives
 * its processor away: there may be no more of them than threads.
 */
@SuppressWarnings("ThreadPriorityCheck")
public class OutboxBenchmark {
    private static final int CHANNEL = 1;
    private static final byte[] PAYLOAD = new byte[100];

    /** An outbox that one thread fills and empties. */
    @State(Scope.Thread)
    public static class Alone {
        private final Outbox outbox = new Outbox();
        private long number;
    }

    /** An outbox between two threads; new in each iteration, in which a thread keeps its part. */
    @State(Scope.Group)
    public static class Shared {
        private volatile Outbox outbox = new Outbox();
        /** Of the producer alone. */
        private long number;

        /** The threads begin with nothing between them. */
        @Setup(Level.Iteration)
        public void renew() {
            outbox = new Outbox();
            number = 0;
        }
    }

    /** In and out again. */
    @Benchmark
    public int putAndTake(Alone alone) {
        alone.outbox.put(++alone.number, CHANNEL, PAYLOAD, null);
        int length = alone.outbox.next().length();
        alone.outbox.passOver();
        return length;
    }

    /** The producer, who waits while the ring is full. */
    @Benchmark
    @Group("handOver")
    public long put(Shared shared, Control control) {
        Outbox outbox = shared.outbox;
        while (shared.number - outbox.drained() >= Outbox.CAPACITY) {
            if (control.stopMeasurement) {
                return shared.number;
            }
            Thread.yield();
        }
        outbox.put(++shared.number, CHANNEL, PAYLOAD, null);
        return shared.number;
    }

    /** The loop, which waits while there is nothing. */
    @Benchmark
    @Group("handOver")
    public int take(Shared shared, Control control) {
        Outbox outbox = shared.outbox;
        while (!outbox.pending()) {
            if (control.stopMeasurement) {
                return 0;
            }
            Thread.yield();
        }
        int length = outbox.next().length();
        outbox.passOver();
        return length;
    }
}
