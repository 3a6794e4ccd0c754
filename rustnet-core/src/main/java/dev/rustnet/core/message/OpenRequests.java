package dev.rustnet.core.message;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.Request;
import dev.rustnet.link.RequestFailedException;
import dev.rustnet.link.RequestFailedException.Reason;
import dev.rustnet.time.Timer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The requests of one user that have no reply yet. Each one ends once; its end makes room for another. */
final class OpenRequests {
    // Injected
    private final EventLoop loop;
    private final LinkSender sender;
    private final PayloadCodec codec;
    private final TypedCounters counters;
    private final Predicate<ProcessId> suspected;
    private final int most;
    private final Semaphore room;

    // State
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Open> open = new LinkedHashMap<>();
    private final Set<Open> handedOver = ConcurrentHashMap.newKeySet();
    private List<Runnable> waiters = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param suspected whether the failure detector suspects that process now
     * @param most how many may be open at a time
     */
    OpenRequests(
            EventLoop loop,
            LinkSender sender,
            PayloadCodec codec,
            TypedCounters counters,
            Predicate<ProcessId> suspected,
            int most) {
        this.loop = loop;
        this.sender = sender;
        this.codec = codec;
        this.counters = counters;
        this.suspected = suspected;
        this.most = most;
        room = new Semaphore(most);
        counters.openRequests(open::size);
    }

    /** One request, on its way from when it was made; on the loop. */
    private final class Open implements LinkSender.Parcel {
        private final long number = last.incrementAndGet();
        private final ProcessId to;
        private final Class<?> replyType;
        private final byte[] frame;
        private final CompletableFuture<Object> reply = new CompletableFuture<>();
        private @Nullable Timer timer;

        Open(ProcessId to, Request<?> request) {
            this.to = to;
            replyType = replyType(request.getClass());
            frame = TypedFrame.write(TypedFrame.Kind.REQUEST, number, codec.encode(request));
        }

        @Override
        public byte[] bytes() {
            return frame;
        }

        @Override
        public boolean wanted() {
            return !reply.isDone();
        }

        @Override
        public void unreachable() {
            fail(this, Reason.GONE, to + " counts no more");
        }
    }

    /** See {@code TypedLinks.request}. */
    <R> CompletionStage<R> request(ProcessId to, Request<R> request, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is positive, not " + timeout);
        }
        Open asked = new Open(to, request);
        sender.check(to, asked.frame);
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
        if (!room.tryAcquire()) {
            throw new WindowFullException(most + " requests are open already");
        }
        boolean sent = true;
        boolean reachable = true;
        try {
            sent = suspected.test(asked.to) || sender.trySend(asked.to, asked.frame);
        } catch (IllegalArgumentException e) {
            reachable = false;
        }
        if (!sent) {
            room.release();
            throw new WindowFullException("the window of the link to " + asked.to + " is full");
        }
        begin(asked, timeout);
        if (!reachable) {
            asked.unreachable();
        }
    }

    private void requestLater(Open asked, Duration timeout) {
        room.acquireUninterruptibly();
        // Whoever comes later, this thread or the one that stops the node, sees what the other one did.
        handedOver.add(asked);
        if (stopped) {
            neverBegun(asked);
            return;
        }
        try {
            loop.execute(() -> {
                if (handedOver.remove(asked)) {
                    begin(asked, timeout);
                }
            });
            sender.sendLater(asked.to, asked);
        } catch (IllegalStateException e) {
            neverBegun(asked);
        }
    }

    /** The node has stopped meanwhile. */
    private void neverBegun(Open asked) {
        handedOver.remove(asked);
        room.release();
        asked.reply.completeExceptionally(stopped());
    }

    private static RequestFailedException stopped() {
        return new RequestFailedException(Reason.STOPPED, "the node has stopped");
    }

    private void begin(Open asked, Duration timeout) {
        counters.requested();
        open.put(asked.number, asked);
        if (suspected.test(asked.to)) {
            fail(asked, Reason.SUSPECTED, asked.to + " is suspected to have crashed");
        } else {
            asked.timer = loop.timers()
                    .after(
                            timeout,
                            () -> fail(asked, Reason.TIMEOUT, "no reply of " + asked.to + " within " + timeout));
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
            fail(asked, Reason.WRONG_REPLY, "the reply of " + from + " cannot be decoded: " + e.getMessage());
            return;
        }
        if (!asked.replyType.isInstance(value)) {
            fail(
                    asked,
                    Reason.WRONG_REPLY,
                    from + " replied with a " + value.getClass().getName() + ", not with a "
                            + asked.replyType.getName());
        } else if (forget(asked)) {
            counters.replied();
            asked.reply.complete(value);
        }
    }

    /** The other process says why it does not reply. */
    void refused(ProcessId from, long number, Reason reason, String sentence) {
        Open asked = find(from, number);
        if (asked != null) {
            fail(asked, reason, sentence);
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
    void failAll(ProcessId process, Reason reason, String sentence) {
        for (Open each : List.copyOf(open.values())) {
            if (isOf(each.to, process)) {
                fail(each, reason, sentence);
            }
        }
    }

    private void fail(Open asked, Reason reason, String sentence) {
        if (forget(asked)) {
            counters.failed();
            asked.reply.completeExceptionally(new RequestFailedException(reason, sentence));
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
            fail(each, Reason.STOPPED, "the node has stopped");
        }
        // Threads that wait go on, see that the node has stopped, and each lets the next one go on.
        room.release(most);
    }

    /** What the class of a request says its replies are; any object when it does not say it itself. */
    private static Class<?> replyType(Class<?> request) {
        for (Type each : request.getGenericInterfaces()) {
            if (each instanceof ParameterizedType typed && typed.getRawType() == Request.class) {
                Type reply = typed.getActualTypeArguments()[0];
                return reply instanceof ParameterizedType generic
                        ? (Class<?>) generic.getRawType()
                        : reply instanceof Class<?> plain ? plain : Object.class;
            }
        }
        return Object.class;
    }
}
