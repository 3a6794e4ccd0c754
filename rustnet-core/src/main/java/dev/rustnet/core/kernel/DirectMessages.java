package dev.rustnet.core.kernel;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * The application's own point-to-point messages, over perfect links of the name {@value #NAME}. Threads of the application
 * wait while more bytes are on their way to the loop than one window holds.
 */
public final class DirectMessages {
    static final String NAME = "application";

    /** What a message takes besides its bytes, so that empty ones are bounded too. */
    private static final int OVERHEAD = 64;

    // Injected
    private final NodeSettings settings;
    private final EventLoop loop;
    private final PerfectLinks links;
    private final System.Logger log;
    private final Counter dropped;
    private final Counter failures;
    private final int windowBytes;
    private final Semaphore room;

    // State
    private final Map<ProcessId, ArrayDeque<byte[]>> waiting = new HashMap<>();
    private boolean hasReceiver;
    private volatile boolean stopped;

    DirectMessages(NodeSettings settings, EventLoop loop, PerfectLinks links, System.Logger log, Counters counters) {
        this.settings = settings;
        this.loop = loop;
        this.links = links;
        this.log = log;
        dropped = counters.counter(NAME + ".dropped.unreachable");
        failures = counters.counter(NAME + ".failures");
        windowBytes = settings.link().windowBytes();
        room = new Semaphore(windowBytes);
    }

    /**
     * Calls {@code receiver} on the loop for each message; the array is its own.
     *
     * @throws IllegalStateException when there is one already
     */
    public void onReceive(BiConsumer<ProcessId, byte[]> receiver) {
        if (hasReceiver) {
            throw new IllegalStateException("a node has one receiver, and it is set already");
        }
        hasReceiver = true;
        links.onReceive((from, message) -> {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            try {
                receiver.accept(from, copy);
            } catch (RuntimeException | Error e) {
                failures.increment();
                log.log(
                        System.Logger.Level.ERROR,
                        Problem.of(
                                        ProblemCode.CALLBACK_FAILED,
                                        "the application's receiver threw " + e + " for a message of " + from + ".")
                                .with("then", "the node goes on")
                                .toString(),
                        e);
            }
        });
    }

    /** See {@code Node.send}. */
    public void send(ProcessId to, byte[] message) {
        if (settings.group().rank(to.name()).isEmpty()) {
            throw new IllegalArgumentException("\"" + to.name() + "\" is not a member of the group");
        }
        if (message.length > settings.maxMessageLength()) {
            throw new IllegalArgumentException("a message of " + message.length
                    + " bytes is longer than rustnet.node.max-message-size, " + settings.maxMessageLength());
        }
        if (stopped) {
            throw new IllegalStateException("the node has stopped");
        }
        if (loop.inLoop()) {
            sendNow(to, message);
        } else {
            sendLater(to, message.clone());
        }
    }

    private void sendNow(ProcessId to, byte[] message) {
        if (waiting.containsKey(to) || !links.trySend(to, ByteBuffer.wrap(message))) {
            throw new WindowFullException("the window of the link to " + to + " is full");
        }
    }

    private void sendLater(ProcessId to, byte[] message) {
        int weight = weight(message);
        room.acquireUninterruptibly(weight);
        if (stopped) {
            room.release(weight);
            throw new IllegalStateException("the node has stopped");
        }
        loop.execute(() -> {
            ArrayDeque<byte[]> queue = waiting.computeIfAbsent(to, unused -> new ArrayDeque<>());
            queue.add(message);
            if (queue.size() == 1) {
                flush(to, queue);
            }
        });
    }

    private int weight(byte[] message) {
        return Math.min(windowBytes, message.length + OVERHEAD);
    }

    private void flush(ProcessId to, ArrayDeque<byte[]> queue) {
        for (byte[] next = queue.peek(); next != null; next = queue.peek()) {
            try {
                if (!links.trySend(to, ByteBuffer.wrap(next))) {
                    links.onWindowOpen(() -> flush(to, queue));
                    return;
                }
            } catch (IllegalArgumentException e) {
                // Removed from the view while the message was on its way to the loop.
                dropped.increment();
            }
            queue.remove();
            room.release(weight(next));
        }
        waiting.remove(to);
    }

    /** Whether nothing waits for a window. On the loop. */
    boolean drained() {
        return waiting.isEmpty();
    }

    /** Lets go of threads that wait; their messages are not sent. */
    void close() {
        stopped = true;
        // Twice the window lets the largest message pass; each one that wakes returns what it took.
        room.release(windowBytes);
    }
}
