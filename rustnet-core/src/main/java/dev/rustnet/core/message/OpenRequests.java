package dev.rustnet.core.message;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.Nanos;
import dev.rustnet.core.settings.Units;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.Request;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.time.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests of one user that have no reply yet. Each one ends once; its end makes room for another. */
final class OpenRequests {
    // Injected
    private final EventLoop loop;
    private final LinkSender sender;
    private final PayloadCodec codec;
    private final TypedCounters counters;
    private final Standing standing;
    private final int most;
    private final Semaphore room;

    // State
    private final AtomicLong last = new AtomicLong();
    private final Set<Open> handedOver = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    // State of the loop
    private final Map<Long, Open> open = new LinkedHashMap<>();
    private List<Runnable> waiters = new ArrayList<>();

    /** @param most how many may be open at a time */
    OpenRequests(TypedParts parts, Standing standing, int most) {
        loop = parts.loop();
        sender = parts.sender();
        codec = parts.codec();
        counters = parts.counters();
        this.standing = standing;
        this.most = most;
        room = new Semaphore(most);
        counters.openRequests(open::size);
    }

    /** How a process stands that is to be asked. On the loop. */
    interface Standing {
        /** Why it will not reply, as far as is known now; null when nothing is known against it. */
        @Nullable
        RequestFailedException objection(ProcessId process);

        /** Whether that process, or any of its name, has been met. */
        boolean met(ProcessId process);
    }

    /** One request, from when it was made. */
    private final class Open {
        private final long number = last.incrementAndGet();
        private final ProcessId to;
        private final Class<?> type;
        private final Parcel parcel;
        private final CompletableFuture<Object> reply = new CompletableFuture<>();
        private @Nullable Timer timer;

        Open(ProcessId to, Request<?> request) {
            this.to = to;
            type = request.getClass();
            parcel = new Parcel(
                    to,
                    TypedFrame.write(TypedFrame.Kind.REQUEST, number, codec.encode(request)),
                    () -> fail(this, countsNoMore(to)));
        }

        RequestFailedException late(Duration timeout) {
            return new RequestFailedException(
                    Reason.TIMEOUT,
                    "no reply of " + to + " to a " + type.getName() + " within " + Units.of(timeout)
                            + (standing.met(to) ? "" : "; it has not joined"));
        }
    }

    static RequestFailedException countsNoMore(ProcessId process) {
        return new RequestFailedException(
                Reason.GONE,
                process + " counts no more: it crashed, left, was excluded, or is another incarnation by now");
    }

    /** See {@code TypedLinks.request}. */
    <R> CompletionStage<R> request(ProcessId to, Request<R> request, Duration timeout) {
        Objects.requireNonNull(to, "there is no process to ask");
        Objects.requireNonNull(request, "there is no request");
        Objects.requireNonNull(timeout, "there is no timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is positive, not " + timeout);
        }
        Open asked = new Open(to, request);
        sender.check(to, asked.parcel.bytes);
        if (loop.inLoop()) {
            requestNow(asked, timeout);
        } else {
            requestLater(asked, timeout);
        }
        // Not a copy, whose dependents would see the failure wrapped.
        @SuppressWarnings("unchecked") // checked against the class that the request declares, when the reply comes
        CompletionStage<R> reply = (CompletionStage<R>) (CompletionStage<?>) asked.reply;
        return reply;
    }

    private void requestNow(Open asked, Duration timeout) {
        if (stopped) {
            asked.reply.completeExceptionally(hasStopped());
            return;
        }
        if (!room.tryAcquire()) {
            throw new WindowFullException(most + " requests are open already");
        }
        RequestFailedException objection = standing.objection(asked.to);
        boolean sent = true;
        try {
            sent = objection != null || sender.trySend(asked.to, asked.parcel.bytes);
        } catch (IllegalArgumentException e) {
            objection = countsNoMore(asked.to);
        }
        if (!sent) {
            room.release();
            throw new WindowFullException("the window of the link to " + asked.to + " is full");
        }
        begin(asked, timeout, objection);
    }

    private void requestLater(Open asked, Duration timeout) {
        try {
            if (!awaitRoom(asked, Nanos.of(timeout))) {
                asked.reply.completeExceptionally(new RequestFailedException(
                        Reason.TIMEOUT,
                        "no room for a " + asked.type.getName() + " to " + asked.to + " within " + Units.of(timeout)));
                return;
            }
            // Whoever comes later, this thread or the one that stops the node, sees what the other one did.
            handedOver.add(asked);
            if (stopped) {
                neverBegun(asked);
            } else {
                loop.execute(() -> takeOver(asked, timeout));
            }
        } catch (IllegalStateException e) {
            if (!sender.stopped()) {
                throw e;
            }
            neverBegun(asked);
        }
    }

    /** Waits for a place among the open ones, and for bytes; returns false when there is none in time. */
    private boolean awaitRoom(Open asked, long mostNanos) {
        long beganNanos = loop.preciseNanos();
        try {
            if (!room.tryAcquire(mostNanos, TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other requests to end", e);
        }
        boolean found = false;
        try {
            found = sender.awaitRoom(asked.parcel, mostNanos - (loop.preciseNanos() - beganNanos));
        } finally {
            if (!found) {
                room.release();
            }
        }
        return found;
    }

    /** The node has stopped meanwhile. */
    private void neverBegun(Open asked) {
        handedOver.remove(asked);
        asked.parcel.gone();
        room.release();
        asked.reply.completeExceptionally(hasStopped());
    }

    private static RequestFailedException hasStopped() {
        return new RequestFailedException(Reason.STOPPED, "the node has stopped");
    }

    private void takeOver(Open asked, Duration timeout) {
        if (handedOver.remove(asked)) {
            begin(asked, timeout, standing.objection(asked.to));
            if (open.containsKey(asked.number)) {
                sender.queue(asked.parcel);
            }
        }
    }

    private void begin(Open asked, Duration timeout, @Nullable RequestFailedException objection) {
        counters.requested();
        open.put(asked.number, asked);
        if (objection != null) {
            fail(asked, objection);
        } else {
            asked.timer = loop.timers().after(timeout, () -> fail(asked, asked.late(timeout)));
        }
    }

    /** A reply has come. */
    void replied(ProcessId from, long number, ByteBuffer body) {
        Open asked = find(from, number);
        if (asked == null) {
            return;
        }
        Object value;
        try {
            value = codec.decode(Object.class, body);
        } catch (IllegalArgumentException e) {
            fail(asked, wrong("the reply of " + from + " cannot be decoded: " + e.getMessage()));
            return;
        }
        Class<?> expected = ReplyType.of(asked.type);
        if (!expected.isInstance(value)) {
            fail(
                    asked,
                    wrong(from + " replied with a " + value.getClass().getName() + ", not with a "
                            + expected.getName()));
        } else if (forget(asked)) {
            counters.replied();
            asked.reply.complete(value);
        }
    }

    private static RequestFailedException wrong(String sentence) {
        return new RequestFailedException(Reason.WRONG_REPLY, sentence);
    }

    /** The other process says why it does not reply. */
    void refused(ProcessId from, long number, Reason reason, String sentence) {
        Open asked = find(from, number);
        if (asked != null) {
            fail(asked, new RequestFailedException(reason, sentence));
        }
    }

    /** A request that was made to this process; null, and counted, when it has ended, or was never made to it. */
    private @Nullable Open find(ProcessId from, long number) {
        Open asked = open.get(number);
        if (asked == null || !isOf(asked.to, from)) {
            counters.late();
            return null;
        }
        return asked;
    }

    private static boolean isOf(ProcessId named, ProcessId process) {
        return named.name().equals(process.name()) && (!named.known() || !process.known() || named.equals(process));
    }

    /** All that were made to that process fail. */
    void failAll(ProcessId process, RequestFailedException failure) {
        for (Open each : List.copyOf(open.values())) {
            if (isOf(each.to, process)) {
                fail(each, failure);
            }
        }
    }

    private void fail(Open asked, RequestFailedException failure) {
        if (forget(asked)) {
            counters.failed();
            sender.withdraw(asked.parcel);
            asked.reply.completeExceptionally(failure);
        }
    }

    /** Returns false when it had ended before. */
    private boolean forget(Open asked) {
        if (open.remove(asked.number) == null) {
            return false;
        }
        if (asked.timer != null) {
            asked.timer.cancel();
        }
        room.release();
        List<Runnable> actions = waiters;
        waiters = new ArrayList<>();
        actions.forEach(loop::later);
        return true;
    }

    /** Calls {@code action}, in a later turn, when the next one ends. On the loop. */
    void onEnd(Runnable action) {
        waiters.add(action);
    }

    /** All fail, and threads that wait for room go on. */
    void close() {
        stopped = true;
        handedOver.forEach(this::neverBegun);
        for (Open each : List.copyOf(open.values())) {
            fail(each, hasStopped());
        }
        // Threads that wait go on, see that the node has stopped, and each lets the next one go on.
        room.release(most);
    }
}
