package dev.rustnet.core.message;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends over perfect links from any thread, in the order of the calls. Threads of the application wait while more bytes for one
 * process are on their way to the loop than a window holds; what is for the others does not wait for it.
 */
final class LinkSender {
    // Injected
    private final NodeSettings settings;
    private final EventLoop loop;
    private final PerfectLinks links;
    private final Counter unreachable;
    private final int windowBytes;

    // State
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    // State of the loop, by name: what is sent to a process as it is, and to one of its incarnations, keeps its order
    // too
    private final Map<String, LinkedHashSet<Parcel>> waiting = new HashMap<>();
    private final Map<String, Integer> offered = new HashMap<>();

    /** @param unreachable counts what was dropped because its receiver counted no more once it could be sent */
    LinkSender(NodeSettings settings, EventLoop loop, PerfectLinks links, Counter unreachable) {
        this.settings = settings;
        this.loop = loop;
        this.links = links;
        this.unreachable = unreachable;
        windowBytes = settings.link().windowBytes();
    }

    /** @throws IllegalArgumentException when it cannot be sent to that process, or to nobody */
    void check(ProcessId to, byte[] message) {
        if (settings.group().rank(to.name()).isEmpty()) {
            throw new IllegalArgumentException("\"" + to.name() + "\" is not a member of the group");
        }
        if (message.length > settings.maxMessageLength()) {
            throw new IllegalArgumentException("a message of " + message.length
                    + " bytes is longer than rustnet.node.max-message-size, " + settings.maxMessageLength());
        }
    }

    /** Sends a message that was {@linkplain #check checked}. On the loop. */
    boolean trySend(ProcessId to, byte[] message) {
        return !waiting.containsKey(to.name()) && links.trySend(to, ByteBuffer.wrap(message));
    }

    /** The same, for a caller that must know when it is not sent. On the loop. */
    void sendNow(ProcessId to, byte[] message) {
        if (!trySend(to, message)) {
            throw new WindowFullException("the window of the link to " + to + " is full");
        }
    }

    /**
     * Waits for room, and sends later. Not on the loop.
     *
     * @throws IllegalStateException when the node has stopped, or the thread is interrupted, which stays so
     */
    void sendLater(Parcel parcel) {
        awaitRoom(parcel, Long.MAX_VALUE);
        loop.execute(() -> queue(parcel));
    }

    /**
     * Waits for the room that the parcel needs. Not on the loop.
     *
     * @return false when there was none in time
     * @throws IllegalStateException as {@link #sendLater}
     */
    boolean awaitRoom(Parcel parcel, long mostNanos) {
        // Fair, or a large message would wait until no small one comes any more.
        Semaphore room = rooms.computeIfAbsent(parcel.to.name(), unused -> new Semaphore(windowBytes, true));
        int permits = Math.min(windowBytes, parcel.weight());
        try {
            if (!room.tryAcquire(permits, mostNanos, TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the window to open", e);
        }
        parcel.whenGone(() -> room.release(permits));
        if (stopped) {
            parcel.gone();
            throw new IllegalStateException("the node has stopped");
        }
        return true;
    }

    /**
     * Sends now, or when there is room. On the loop.
     *
     * @return false, and it is not sent, when more than a window already waits for that process
     */
    boolean offer(ProcessId to, byte[] message) {
        Parcel parcel = new Parcel(to, message);
        int weight = parcel.weight();
        int before = offered.getOrDefault(to.name(), 0);
        if (before > 0 && before + weight > windowBytes) {
            return false;
        }
        offered.put(to.name(), before + weight);
        parcel.whenGone(
                () -> offered.computeIfPresent(to.name(), (unused, all) -> all == weight ? null : all - weight));
        queue(parcel);
        return true;
    }

    /** Sends it once all before it are sent. On the loop. */
    void queue(Parcel parcel) {
        if (parcel.withdrawn()) {
            parcel.gone();
            return;
        }
        LinkedHashSet<Parcel> queue = waiting.computeIfAbsent(parcel.to.name(), unused -> new LinkedHashSet<>());
        queue.add(parcel);
        if (queue.size() == 1) {
            flush(parcel.to.name());
        }
    }

    /** It is not to be sent any more, unless it has been already. On the loop. */
    void withdraw(Parcel parcel) {
        parcel.withdraw();
        parcel.gone();
        LinkedHashSet<Parcel> queue = waiting.get(parcel.to.name());
        if (queue != null && queue.remove(parcel) && queue.isEmpty()) {
            waiting.remove(parcel.to.name());
        }
    }

    private void flush(String name) {
        LinkedHashSet<Parcel> queue = waiting.get(name);
        while (queue != null && !queue.isEmpty()) {
            Iterator<Parcel> parcels = queue.iterator();
            Parcel next = parcels.next();
            try {
                if (!links.trySend(next.to, ByteBuffer.wrap(next.bytes))) {
                    links.onWindowOpen(() -> flush(name));
                    return;
                }
                parcels.remove();
            } catch (IllegalArgumentException e) {
                // Removed from the view while the message was on its way to the loop.
                parcels.remove();
                unreachable.increment();
                next.onUnreachable.run();
            }
            next.gone();
        }
        if (queue != null) {
            waiting.remove(name, queue);
        }
    }

    /** Whether nothing waits for a window. On the loop. */
    boolean drained() {
        return waiting.isEmpty();
    }

    boolean stopped() {
        return stopped;
    }

    /** Lets go of threads that wait; their messages are not sent. */
    void close() {
        stopped = true;
        // Twice the window lets the largest message pass; each one that wakes returns what it took.
        rooms.values().forEach(room -> room.release(windowBytes));
    }
}
