package dev.rustnet.core.loop;

import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * One node's event loop, without a thread: whoever owns it calls {@link #turn} again and again. A turn runs what other
 * threads and earlier turns left, due timers, the transport's events, and the work registered for the end of a turn, in
 * this order; everything runs to completion, nothing concurrently.
 *
 * <p>{@link #execute} may be called on any thread; all else on the thread that turns the loop, or before the first turn.
 */
public final class EventLoop {
    /** Where the loop waits: the transport. */
    public interface Poller {
        /** See {@code Transport.poll}. */
        boolean poll(long timeoutNanos);

        /** See {@code Transport.wakeup}. */
        void wakeup();
    }

    /** Work that is done near the end of each turn, such as deliveries. */
    public interface TurnWork {
        /** Whether there is any: then the turn does not wait for events. */
        boolean pending();

        /** Does what there is, within its own budget; the rest is left for the next turn. */
        void run();
    }

    /** Where other threads leave work of one kind for the loop, besides {@link #execute}. */
    public interface Door {
        /** Whether something was left. Any thread. */
        boolean pending();

        /** Takes in what was left. On the loop. */
        void drain();
    }

    private static final int TASKS_PER_TURN = 256;
    private static final long FULL_QUEUE_PAUSE_NANOS = 50_000;

    // Injected
    private final LoopClock clock;
    private final Consumer<Throwable> onError;
    private final TimeSource time;
    private final TimerQueue timers;
    private final MpscVarHandleArrayQueue<Runnable> inbox;
    private final List<TurnWork> turnWork = new ArrayList<>();
    private final List<Door> doors = new ArrayList<>();
    private @Nullable Poller poller;

    // State
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private volatile Thread thread;
    private volatile boolean waiting;
    private volatile long stretch = 1;
    private long stretches = 1;
    private long turns;
    private volatile boolean closed;

    /**
     * @param queueCapacity tasks of other threads that may wait, rounded up to a power of two
     * @param onError told what a task or timer threw
     */
    public EventLoop(TimeSource time, int queueCapacity, Consumer<Throwable> onError) {
        this.time = time;
        this.thread = Thread.currentThread();
        this.clock = new LoopClock(time);
        this.onError = onError;
        this.timers = new TimerQueue(clock, this::guarded);
        this.inbox = new MpscVarHandleArrayQueue<>(queueCapacity);
    }

    /** Sets where to wait; before the first turn. */
    public void attach(Poller poller) {
        this.poller = poller;
    }

    /** Adds work for the end of each turn; run in the order of registration. */
    public void atTurnEnd(TurnWork work) {
        turnWork.add(work);
    }

    /** Adds work that is done before all {@link #atTurnEnd}: what it causes leaves in the same turn. */
    public void beforeTurnEnd(TurnWork work) {
        turnWork.add(0, work);
    }

    /** Adds a door, drained at the start of each turn. Whoever leaves something there calls {@link #wakeup} after. */
    public void addDoor(Door door) {
        doors.add(door);
    }

    public Clock clock() {
        return clock;
    }

    public Timers timers() {
        return timers;
    }

    /** The time now, not the turn's: to measure budgets. */
    public long preciseNanos() {
        return time.nanos();
    }

    /** Whether the calling thread turns this loop; before the first turn that is the thread which made it. */
    public boolean inLoop() {
        return thread == Thread.currentThread();
    }

    /**
     * Queues a task of any thread. On the loop it is queued for a later turn; elsewhere it waits while the queue is full.
     *
     * @throws IllegalStateException when the loop has ended
     */
    public void execute(Runnable task) {
        if (inLoop() && !closed) {
            later.add(task);
            return;
        }
        while (!closed && !inbox.offer(task)) {
            LockSupport.parkNanos(FULL_QUEUE_PAUSE_NANOS);
        }
        if (closed) {
            throw new IllegalStateException("the node has stopped");
        }
        wakeup();
    }

    /** Queues a task of the loop itself for a later turn. */
    public void later(Runnable task) {
        later.add(task);
    }

    /** Ends a wait of the loop, when it waits. Any thread. */
    public void wakeup() {
        if (waiting && poller != null) {
            poller.wakeup();
        }
    }

    /** From now on {@link #execute} throws. The owner still may turn the loop to run what was queued before. */
    public void close() {
        closed = true;
    }

    /** Nanoseconds until this loop has something to do by itself: 0 now, -1 never unless an event comes. */
    public long untilNextNanos() {
        clock.refresh();
        return anythingPending() ? 0 : timers.untilNextNanos();
    }

    /** Reports what a component threw in one of its handlers. */
    public void report(Throwable error) {
        onError.accept(error);
    }

    private boolean anythingPending() {
        return !later.isEmpty() || leftByOthers() || turnWorkPending();
    }

    private boolean leftByOthers() {
        if (!inbox.isEmpty()) {
            return true;
        }
        for (int i = 0; i < doors.size(); i++) {
            if (doors.get(i).pending()) {
                return true;
            }
        }
        return false;
    }

    private boolean turnWorkPending() {
        for (int i = 0; i < turnWork.size(); i++) {
            if (turnWork.get(i).pending()) {
                return true;
            }
        }
        return false;
    }

    /**
     * One turn.
     *
     * @param maxWaitNanos the longest wait for events; 0 for none, negative for no limit
     */
    public void turn(long maxWaitNanos) {
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
        turns++;
        clock.refresh();
        runTasks();
        timers.runDue();
        poll(maxWaitNanos);
        for (int i = 0; i < turnWork.size(); i++) {
            run(turnWork.get(i));
        }
    }

    private void runTasks() {
        for (int i = 0; i < doors.size(); i++) {
            doors.get(i).drain();
        }
        for (int left = later.size(); left > 0; left--) {
            guarded(later.remove());
        }
        for (int left = TASKS_PER_TURN; left > 0; left--) {
            Runnable task = inbox.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    private void poll(long maxWaitNanos) {
        long wait = !later.isEmpty() || turnWorkPending() ? 0 : timers.untilNextNanos();
        if (wait < 0 || (maxWaitNanos >= 0 && maxWaitNanos < wait)) {
            wait = maxWaitNanos;
        }
        if (poller == null) {
            return;
        }
        if (wait != 0) {
            stretch = 0;
            waiting = true;
            if (leftByOthers()) {
                wait = 0;
            }
        }
        try {
            poller.poll(wait);
        } finally {
            waiting = false;
            stretch = ++stretches;
        }
        clock.refresh();
    }

    /** The poller hands over an event: if the loop waited, it does so no more. Called on the loop, within a poll. */
    public void awake() {
        if (waiting) {
            waiting = false;
            stretch = ++stretches;
        }
    }

    /**
     * The stretch of work that the loop is in, which changes with each poll; 0 while it waits. For who looks after it, on
     * any thread.
     */
    public long stretch() {
        return stretch;
    }

    /** How many turns there were; read on another thread, it may be late. */
    public long turns() {
        return turns;
    }

    private void run(TurnWork work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            onError.accept(e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            onError.accept(e);
        }
    }
}
