package dev.rustnet.transport.nio;

import dev.rustnet.transport.ConnectionHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Waits until a source has something to do, and gives the sources turns, first come, first served. A poll ends when all
 * that were ready have had one turn, or its budget is spent: the rest come first in the next poll, so that nobody is
 * starved by a busy neighbour. Everything happens on the thread that polls, except {@link #wakeup} and {@link #hand}.
 */
final class Reactor {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    // Injected
    private final LongSupplier nanos;
    private final ConnectionHandler handler;
    private final Selector selector;
    private final long pollBudgetNanos;
    private final ByteBuffer readBuffer;
    private final ByteBuffer readView;
    private final BufferPool pool;
    private final Consumer<SelectionKey> onReady = Reactor::ready;

    // State
    private final ArrayDeque<Source> queue = new ArrayDeque<>();
    private final List<Source> deadlines = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> handed = new ConcurrentLinkedQueue<>();
    private volatile boolean woken;
    private boolean polling;
    private boolean closed;
    private int connections;
    private int events;

    Reactor(NioSettings settings, LongSupplier nanos, ConnectionHandler handler) throws IOException {
        this.nanos = nanos;
        this.handler = handler;
        this.pollBudgetNanos = settings.pollBudget().toNanos();
        this.readBuffer = ByteBuffer.allocateDirect(settings.readBuffer());
        this.readView = readBuffer.duplicate();
        this.pool = new BufferPool(settings.pooledMemory());
        this.selector = Selector.open();
    }

    /** See {@code Transport.poll}. */
    boolean poll(long timeoutNanos) {
        if (polling) {
            throw new IllegalStateException("poll was called from within poll");
        }
        if (closed) {
            return false;
        }
        polling = true;
        events = 0;
        try {
            select(timeoutNanos);
            runHanded();
            expire();
            work();
            return events > 0;
        } finally {
            polling = false;
        }
    }

    /** Ends the present or the next wait. Any thread. */
    void wakeup() {
        woken = true;
        selector.wakeup();
    }

    /** Runs {@code task} in the next poll. Any thread. */
    void hand(Runnable task) {
        handed.add(task);
        wakeup();
    }

    /** Gives {@code source} a turn in this poll or the next. */
    void enqueue(Source source) {
        if (!source.queued && !closed) {
            source.queued = true;
            queue.add(source);
        }
    }

    /** Watches {@code channel} for {@code source}. */
    SelectionKey register(SelectableChannel channel, int operations, Source source) throws ClosedChannelException {
        return channel.register(selector, operations, source);
    }

    /** Has {@link Source#expired} called once, {@code delayNanos} from now unless {@link #forget} comes first. */
    void expireAfter(Source source, long delayNanos) {
        deadlines.remove(source);
        source.deadlineNanos = nanos() + delayNanos;
        deadlines.add(source);
    }

    void forget(Source source) {
        deadlines.remove(source);
    }

    /** The handler, for one event. */
    ConnectionHandler event() {
        events++;
        return handler;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** Where everybody reads to. Its content is of no use after the turn. */
    ByteBuffer readBuffer() {
        return readBuffer;
    }

    /** A second view of the memory of {@link #readBuffer}. */
    ByteBuffer readView() {
        return readView;
    }

    BufferPool pool() {
        return pool;
    }

    /** How many connections are open. */
    int connections() {
        return connections;
    }

    /** Closes the connection that has been closing in good order for the longest time; returns whether there was one. */
    boolean hurryOne() {
        for (Source source : deadlines) {
            if (source instanceof NioConnection connection && connection.closing()) {
                connection.close();
                return true;
            }
        }
        return false;
    }

    void connectionOpened() {
        connections++;
    }

    void connectionClosed() {
        connections--;
    }

    /** All sources that are being watched. */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>(deadlines);
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Source source && !sources.contains(source)) {
                sources.add(source);
            }
        }
        return sources;
    }

    /** Waits once for at most so long, and lets the sources that are ready take note; without turns and events. */
    void await(long waitNanos) {
        try {
            if (waitNanos > 0) {
                selector.select(onReady, millis(waitNanos));
            } else if (waitNanos == 0) {
                selector.selectNow(onReady);
            } else {
                selector.select(onReady);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for the network has failed", e);
        }
    }

    /** Ends it. Sources are to be closed before. */
    void close() {
        closed = true;
        queue.clear();
        deadlines.clear();
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector cannot be closed", e);
        }
    }

    private static void ready(SelectionKey key) {
        ((Source) key.attachment()).ready(key.readyOps());
    }

    private void select(long timeoutNanos) {
        long wait = queue.isEmpty() && handed.isEmpty() ? untilDeadline(timeoutNanos) : 0;
        if (wait != 0 && woken) {
            wait = 0;
        }
        await(wait);
        if (timeoutNanos != 0) {
            // A poll that was not to wait must not swallow the wake-up of the next one.
            woken = false;
        }
    }

    private long untilDeadline(long timeoutNanos) {
        if (timeoutNanos == 0 || deadlines.isEmpty()) {
            return timeoutNanos;
        }
        long now = nanos();
        long wait = Long.MAX_VALUE;
        for (int i = 0; i < deadlines.size(); i++) {
            wait = Math.min(wait, Math.max(0, deadlines.get(i).deadlineNanos - now));
        }
        return timeoutNanos < 0 ? wait : Math.min(wait, timeoutNanos);
    }

    private void runHanded() {
        while (!handed.isEmpty()) {
            handed.remove().run();
        }
    }

    private void expire() {
        if (deadlines.isEmpty()) {
            return;
        }
        long now = nanos();
        // Backwards: what expires may add itself again, behind.
        for (int i = deadlines.size() - 1; i >= 0; i--) {
            Source source = deadlines.get(i);
            if (source.deadlineNanos - now <= 0) {
                deadlines.remove(i);
                source.expired();
            }
        }
    }

    private void work() {
        int left = queue.size();
        if (left == 0) {
            return;
        }
        long until = nanos() + pollBudgetNanos;
        while (left > 0 && !closed) {
            Source source = queue.remove();
            source.queued = false;
            source.work(until);
            left--;
            if (left > 0 && nanos() - until >= 0) {
                return;
            }
        }
    }

    /** The selector counts in milliseconds; rounded up, since a wait that is too short would spin. */
    private static long millis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
    }
}
