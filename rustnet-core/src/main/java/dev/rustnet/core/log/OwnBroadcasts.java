package dev.rustnet.core.log;

import dev.rustnet.broadcast.MessageId;
import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.ProcessId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The own process as a source: the window, the way in from other threads, and the messages that somebody follows. */
final class OwnBroadcasts implements EventLoop.Door {
    /** Encodes a message, appends it to the own log and tells the window what that takes up. */
    interface Append {
        void append(long number, int channel, byte[] payload, int length);
    }

    // Injected
    private final String component;
    private final ProcessId self;
    private final EventLoop loop;
    private final SendWindow window;
    private final BooleanSupplier mustNotWait;
    private final Append append;

    // State
    private final Outbox outbox = new Outbox();
    private final ArrayDeque<TrackedMessage> undelivered = new ArrayDeque<>();
    private final ArrayDeque<TrackedMessage> unstable = new ArrayDeque<>();
    private final List<Runnable> windowWaiters = new ArrayList<>();
    private boolean held = true;

    OwnBroadcasts(
            String component,
            ProcessId self,
            EventLoop loop,
            SendWindow window,
            BooleanSupplier mustNotWait,
            Append append) {
        this.component = component;
        this.self = self;
        this.loop = loop;
        this.window = window;
        this.mustNotWait = mustNotWait;
        this.append = append;
    }

    SendWindow window() {
        return window;
    }

    long broadcast(int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        long number = tryBroadcast(channel, payload, tracked);
        if (number != 0) {
            return number;
        }
        if (mustNotWait.getAsBoolean()) {
            throw new WindowFullException(
                    "the window of " + component
                            + " is full; on the node's loop, and in the service's own handlers, use tryBroadcast and onWindowOpen");
        }
        number = window.await(() -> claim(payload.length));
        put(number, channel, payload, tracked);
        return number;
    }

    /** @return the number, or 0 when the window is full */
    long tryBroadcast(int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        long number = claim(payload.length);
        if (number == 0) {
            return 0;
        }
        if (loop.inLoop() && !held && number == outbox.drained() + 1) {
            enter(number, channel, payload, payload.length, tracked);
        } else {
            put(number, channel, payload, tracked);
        }
        return number;
    }

    private long claim(int length) {
        long number = window.tryClaim(length, outbox.drained(), Outbox.CAPACITY);
        if (number == SendWindow.CLOSED) {
            throw new LogClosedException(!mustNotWait.getAsBoolean());
        }
        return number;
    }

    private void put(long number, int channel, byte[] payload, @Nullable TrackedMessage tracked) {
        if (tracked != null) {
            tracked.numbered(new MessageId(self, number));
        }
        outbox.put(number, channel, payload, tracked);
        loop.wakeup();
    }

    private void enter(long number, int channel, byte[] payload, int length, @Nullable TrackedMessage tracked) {
        if (tracked != null) {
            tracked.numbered(new MessageId(self, number));
            undelivered.add(tracked);
            unstable.add(tracked);
        }
        outbox.passOver();
        append.append(number, channel, payload, length);
    }

    /** No broadcast enters the log from now on: those that are claimed wait. As it is before the first view. On the loop. */
    void hold() {
        held = true;
    }

    /** Broadcasts enter the log again. On the loop. */
    void release() {
        held = false;
        drain();
    }

    @Override
    public boolean pending() {
        return !held && outbox.pending();
    }

    @Override
    public void drain() {
        boolean any = false;
        while (!held && outbox.pending()) {
            Outbox.Slot slot = outbox.next();
            enter(outbox.drained() + 1, slot.channel(), slot.payload(), slot.length(), slot.tracked());
            any = true;
        }
        if (any) {
            window.signal(); // there is room in the outbox again
        }
    }

    /** Runs {@code action} once when there may be room. On the loop. */
    void onWindowOpen(Runnable action) {
        if (window.open()) {
            loop.later(action);
        } else {
            windowWaiters.add(action);
        }
    }

    /** Whether somebody waits for room, or was refused since the last such call. On the loop. */
    boolean takeWaiting() {
        boolean refused = window.takeRefused(); // in any case: it is taken
        return refused || !windowWaiters.isEmpty();
    }

    /** Every member that counts has consumed up to {@code number}. On the loop. */
    void consumedByAll(long number) {
        if (window.consumed(Math.min(number, outbox.drained())) && !windowWaiters.isEmpty()) {
            List<Runnable> actions = List.copyOf(windowWaiters);
            windowWaiters.clear();
            actions.forEach(loop::later);
        }
    }

    void delivered(long upTo) {
        for (TrackedMessage next = undelivered.peek();
                next != null && next.id().number() <= upTo;
                next = undelivered.peek()) {
            undelivered.remove().completeDelivered();
        }
    }

    void stable(long upTo) {
        for (TrackedMessage next = unstable.peek();
                next != null && next.id().number() <= upTo;
                next = unstable.peek()) {
            unstable.remove().completeStable();
        }
    }

    /**
     * The incarnation ends: those who wait fail, and so do the stages of what is followed. On the loop.
     *
     * @return the last number that was claimed
     */
    long close() {
        long last = window.close();
        undelivered.forEach(TrackedMessage::fail);
        unstable.forEach(TrackedMessage::fail);
        undelivered.clear();
        unstable.clear();
        return last;
    }
}
