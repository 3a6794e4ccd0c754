package dev.rustnet.link;

import dev.rustnet.broadcast.HeaderKey;
import dev.rustnet.group.ProcessId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Perfect links whose messages are values of registered classes, and requests that are replied to. Each component has its
 * own, and so has the application: what one of them sends reaches the handlers of the same one at the other process.
 *
 * <p>Messages and requests keep what {@link PerfectLinks} guarantee: each arrives once, in the order of the calls, as long as
 * both processes are correct. So a request is handled at most once, and never sent twice. What perfect links leave open is
 * when; a request ends for certain, and exactly once: with its reply, or as soon as the other process is suspected or counts no
 * more, or after its timeout.
 *
 * <p>Source: perfect links are CGR module 2.3. A message costs one message, a request two. All methods may be called on any
 * thread unless they say otherwise. Set handlers before the node starts: what comes for a class that has none yet is
 * counted ({@code <component>.typed.dropped.no-handler}), reported and gone.
 */
public interface TypedLinks {
    /**
     * Calls {@code handler} for each message of that class, or of one below it when it is an interface; the one that was set
     * first, when several match.
     *
     * @throws IllegalArgumentException when no such class is registered as a payload
     * @throws IllegalStateException when there is a handler for it already
     */
    <T> void onReceive(Class<T> type, Handler<? super T> handler);

    /**
     * Encodes and sends {@code payload}. Waits while the window of the link is full, however long that is; on the loop it never
     * waits. What is on its way to the loop when {@code to} comes to count no more is counted
     * ({@code <component>.typed.dropped.unreachable}) and reported.
     *
     * @throws IllegalArgumentException when its class is not registered, {@code to} is not a member of the group, the message is
     *     longer than {@code rustnet.node.max-message-size}, or, on the loop, {@code to} counts no more
     * @throws dev.rustnet.broadcast.WindowFullException on the loop, when the window is full
     * @throws IllegalStateException when the node has stopped, or the thread is interrupted while it waits, which stays so
     */
    void send(ProcessId to, Object payload);

    /**
     * Like {@link #send}, on the loop only.
     *
     * @return false, and nothing was sent, when the window is full; see {@link #onWindowOpen}
     * @throws IllegalStateException on any other thread
     */
    boolean trySend(ProcessId to, Object payload);

    /**
     * Calls {@code action} once, on the loop, when what found the window full may succeed: a {@link #trySend}, or a {@link #send} or
     * {@link #request} on the loop.
     */
    void onWindowOpen(Runnable action);

    /**
     * Calls {@code responder} for each request of that class, and replies with what it returns.
     *
     * @throws IllegalArgumentException when the class, or that of the reply, is not registered as a payload
     * @throws IllegalStateException when there is a responder for it already
     */
    <R, Q extends Request<R>> void onRequest(Class<Q> type, Responder<? super Q, ? extends R> responder);

    /**
     * Like {@link #onRequest}, for replies that take time: what the stage ends with is the reply, on whatever thread. A process
     * that has as many requests unanswered here as {@code rustnet.link.window-messages} says is told {@link
     * RequestFailedException.Reason#BUSY}.
     */
    <R, Q extends Request<R>> void onRequestAsync(
            Class<Q> type, Responder<? super Q, ? extends CompletionStage<? extends R>> responder);

    /**
     * Asks {@code to}. The stage ends on the loop: with the reply, or with a {@link RequestFailedException} that says why there
     * is none; also one to a process that counts no more, or at a node that has stopped, fails in this way. On the loop itself do not
     * wait for the stage: nothing would come. A process that has not joined yet is waited for until the timeout. At most
     * {@code rustnet.link.window-messages} requests are open at a time; the call waits for room, at most for the timeout, and on the
     * loop not at all. What an action throws that is attached to the stage stays in the stage that this makes.
     *
     * @param timeout until the request fails when there is no reply, counted once there was room for it and the node has started;
     *     positive
     * @throws IllegalArgumentException when the class of the request is not registered, {@code to} is not a member of the
     *     group, the message is longer than {@code rustnet.node.max-message-size}, or the timeout is not positive
     * @throws dev.rustnet.broadcast.WindowFullException on the loop, when the window of the link is full or too many are open
     * @throws IllegalStateException when the thread is interrupted while it waits, which stays so
     */
    <R> CompletionStage<R> request(ProcessId to, Request<R> request, Duration timeout);

    /**
     * The value of a broadcast header of the message that a handler is being called with; null when this node does not know
     * that header or the sender did not set it, and outside handlers. On the loop.
     */
    <T> @Nullable T header(HeaderKey<T> key);

    /** Receives messages of one class. */
    @FunctionalInterface
    interface Handler<T> {
        /** {@code payload} has arrived from {@code from}; it is the handler's to keep. On the loop; must not block. */
        void receive(ProcessId from, T payload);
    }

    /** Replies to requests of one class. */
    @FunctionalInterface
    interface Responder<Q, R> {
        /**
         * The reply to {@code request}, never null. What it throws is reported here, and told to {@code from}. On the loop; must
         * not block.
         */
        R reply(ProcessId from, Q request);
    }
}
