package dev.rustnet.core.message;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Sends over perfect links from any thread, in the order of the calls. Threads of the application wait while more bytes are on
 * their way to the loop than one window holds.
 */
final class LinkSender {
    /** What a message takes besides its bytes, so that empty ones are bounded too. */
    private static final int OVERHEAD = 64;

    /** A message that waits for the window of its link. */
    interface Parcel {
        byte[] bytes();

        /** Whether it is to be sent still, now that it can be. */
        default boolean wanted() {
            return true;
        }

        /** It will not be sent: its receiver counts no more. */
        default void unreachable() {}

        /** It has been sent, or will not be. */
        default void gone() {}
    }

    private record Addressed(ProcessId to, Parcel parcel) {}

    // Injected
    private final NodeSettings settings;
    private final EventLoop loop;
    private final PerfectLinks links;
    private final Counter unreachable;
    private final int windowBytes;
    private final Semaphore room;

    // State
    /** By name: what is sent to a process as it is, and to one of its incarnations, keeps its order too. */
    private final Map<String, ArrayDeque<Addressed>> waiting = new HashMap<>();

    private final Map<ProcessId, Integer> offered = new HashMap<>();
    private volatile boolean stopped;

    /** @param unreachable counts what was dropped because its receiver counted no more once it could be sent */
    LinkSender(NodeSettings settings, EventLoop loop, PerfectLinks links, Counter unreachable) {
        this.settings = settings;
        this.loop = loop;
        this.links = links;
        this.unreachable = unreachable;
        windowBytes = settings.link().windowBytes();
        room = new Semaphore(windowBytes);
    }

    /** @throws IllegalArgumentException when it cannot be sent to that process, or to nobody */
    void check(ProcessId to, byte[] message) {
        if (settings.group().rank(to.name()).isEmpty()) {
            throw new IllegalArgumentException("\"" + to.name() + "\" is not a member of the group");
        }
        if (tooLong(message)) {
            throw new IllegalArgumentException("a message of " + message.length
                    + " bytes is longer than rustnet.node.max-message-size, " + settings.maxMessageLength());
        }
    }

    boolean tooLong(byte[] message) {
        return message.length > settings.maxMessageLength();
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
     * @throws IllegalStateException when the node has stopped
     */
    void sendLater(ProcessId to, Parcel parcel) {
        int weight = Math.min(windowBytes, weight(parcel));
        room.acquireUninterruptibly(weight);
        if (stopped) {
            room.release(weight);
            throw new IllegalStateException("the node has stopped");
        }
        loop.execute(() -> queue(to, new Parcel() {
            @Override
            public byte[] bytes() {
                return parcel.bytes();
            }

            @Override
            public boolean wanted() {
                return parcel.wanted();
            }

            @Override
            public void unreachable() {
                parcel.unreachable();
            }

            @Override
            public void gone() {
                room.release(weight);
            }
        }));
    }

    /**
     * Sends now, or when there is room. On the loop.
     *
     * @return false, and it is not sent, when more than a window already waits for that process
     */
    boolean offer(ProcessId to, byte[] message) {
        int weight = message.length + OVERHEAD;
        int before = offered.getOrDefault(to, 0);
        if (before > 0 && before + weight > windowBytes) {
            return false;
        }
        offered.put(to, before + weight);
        queue(to, new Parcel() {
            @Override
            public byte[] bytes() {
                return message;
            }

            @Override
            public void gone() {
                offered.computeIfPresent(to, (unused, all) -> all == weight ? null : all - weight);
            }
        });
        return true;
    }

    private static int weight(Parcel parcel) {
        return parcel.bytes().length + OVERHEAD;
    }

    private void queue(ProcessId to, Parcel parcel) {
        ArrayDeque<Addressed> queue = waiting.computeIfAbsent(to.name(), unused -> new ArrayDeque<>());
        queue.add(new Addressed(to, parcel));
        if (queue.size() == 1) {
            flush(to.name(), queue);
        }
    }

    private void flush(String name, ArrayDeque<Addressed> queue) {
        for (Addressed next = queue.peek(); next != null; next = queue.peek()) {
            Parcel parcel = next.parcel;
            try {
                if (parcel.wanted() && !links.trySend(next.to, ByteBuffer.wrap(parcel.bytes()))) {
                    links.onWindowOpen(() -> flush(name, queue));
                    return;
                }
            } catch (IllegalArgumentException e) {
                // Removed from the view while the message was on its way to the loop.
                unreachable.increment();
                parcel.unreachable();
            }
            queue.remove();
            parcel.gone();
        }
        waiting.remove(name);
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
        room.release(windowBytes);
    }
}
