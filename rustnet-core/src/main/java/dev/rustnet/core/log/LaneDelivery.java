package dev.rustnet.core.log;

import dev.rustnet.core.environment.Environment.Lane;
import dev.rustnet.core.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Delivers the messages of one log on a lane, apart from the loop: copies of a few are on their way to their handlers, the
 * rest waits in the log. A message counts as consumed when its handler has returned, so that the windows of the sources
 * bound what waits, and a handler that blocks holds up this log alone.
 *
 * <p>Used on the loop; {@link #closed} and {@link #finishedOne} by the lane.
 */
final class LaneDelivery implements DeliveryPath, EventLoop.TurnWork {
    private static final int MOST_MESSAGES = 256;
    private static final int MOST_BYTES = 256 * 1024;

    /** What a protocol has handed over in one go. */
    private static final class Run {
        private final int source;
        private long upTo;

        Run(int source, long upTo) {
            this.source = source;
            this.upTo = upTo;
        }
    }

    // Injected
    private final RetainedBroadcastLog log;
    private final LogCounters counters;
    private final EventLoop loop;
    private final Lane lane;

    // State of the loop
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private final ArrayDeque<LaneMessage> underWay = new ArrayDeque<>();
    private long[] handed = new long[0];
    private long bytesUnderWay;
    private long taken;

    // State of the lane
    private volatile long finished;
    private volatile boolean closed;

    LaneDelivery(RetainedBroadcastLog log, LogCounters counters, EventLoop loop, Lane lane) {
        this.log = log;
        this.counters = counters;
        this.loop = loop;
        this.lane = lane;
    }

    /** Whether the calling thread runs a handler of this log. Any thread. */
    boolean inLane() {
        return lane.inLane();
    }

    @Override
    public void add(RetainedBroadcastLog unused, int source, long upTo) {
        Run last = runs.peekLast();
        if (last != null && last.source == source) {
            last.upTo = upTo;
        } else {
            runs.add(new Run(source, upTo));
        }
        if (handed.length <= source) {
            handed = Arrays.copyOf(handed, source + 1);
        }
    }

    /** Another view: ranks are laid out anew, and what has been handed to the lane of each source's messages. Nothing waits. */
    void startAt(long[] consumed) {
        handed = consumed.clone();
    }

    /** Runs what belongs between two messages. */
    void execute(Runnable task) {
        lane.execute(task);
    }

    @Override
    public boolean busy() {
        return !runs.isEmpty() || !underWay.isEmpty();
    }

    // Towards the lane

    @Override
    public boolean pending() {
        return !runs.isEmpty() && underWay.size() < MOST_MESSAGES && bytesUnderWay < MOST_BYTES && !closed;
    }

    @Override
    public void run() {
        while (pending()) {
            Run run = runs.element();
            LaneMessage message = log.copy(run.source, ++handed[run.source], this);
            if (handed[run.source] == run.upTo) {
                runs.remove();
            }
            underWay.add(message);
            bytesUnderWay += message.bytes();
            lane.execute(message);
        }
    }

    boolean closed() {
        return closed;
    }

    /** A handler has returned. */
    void finishedOne() {
        long sum = finished + 1; // only the lane writes it
        finished = sum;
        loop.wakeup();
    }

    // And back

    /** The way back into the loop. */
    EventLoop.Door door() {
        return new EventLoop.Door() {
            @Override
            public boolean pending() {
                return finished != taken;
            }

            @Override
            public void drain() {
                takeBack();
            }
        };
    }

    private void takeBack() {
        long upTo = finished;
        while (taken < upTo) {
            LaneMessage first = underWay.element();
            LaneMessage last = first;
            long count = 0;
            long bytes = 0;
            // What has come back of one source is told once.
            for (LaneMessage next = first;
                    taken < upTo && next != null && next.source() == first.source();
                    next = underWay.peek()) {
                underWay.remove();
                taken++;
                count++;
                bytes += next.bytes();
                next.count(counters);
                last = next;
            }
            bytesUnderWay -= bytes;
            log.consumed(first.source(), last.number(), count, bytes);
        }
    }

    /** The node stops: no further handler is called, and the one that runs is interrupted. */
    void close() {
        closed = true;
        lane.close();
    }
}
