package dev.rustnet.core.log;

import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.core.counters.Account;
import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The counters of one log, and what it reports: the first of each kind in full, then every power of two. */
final class LogCounters {
    // Injected
    private final String component;
    private final System.Logger log;
    private final DeadLetters deadLetters;

    private final Counters counters;

    final Counter broadcast;
    final Counter received;
    final Counter delivered;
    final Counter duplicates;
    final Counter outOfOrder;
    private final Counter oldView;
    private final Counter laterView;
    final Counter ended;
    final Counter overWindow;
    final Counter discarded;
    final Counter noListener;
    private final Counter malformed;
    private final Counter handlerFailed;
    private final Counter undecodable;

    LogCounters(String component, LogParts parts) {
        this.component = component;
        this.log = parts.log();
        this.deadLetters = parts.deadLetters();
        counters = parts.counters();
        broadcast = counters.counter(component + ".broadcast");
        received = counters.counter(component + ".received");
        delivered = counters.counter(component + ".delivered");
        duplicates = counters.counter(component + ".dropped.duplicate");
        outOfOrder = counters.counter(component + ".dropped.out-of-order");
        oldView = counters.counter(component + ".dropped.old-view");
        laterView = counters.counter(component + ".dropped.later-view");
        ended = counters.counter(component + ".dropped.view-ended");
        overWindow = counters.counter(component + ".dropped.over-window");
        discarded = counters.counter(component + ".dropped.discarded");
        noListener = counters.counter(component + ".dropped.no-listener");
        malformed = counters.counter(component + ".dropped.malformed");
        handlerFailed = counters.counter(component + ".handler-failed");
        undecodable = counters.counter(component + ".dropped.undecodable");
    }

    /** Messages of another view came; their source sends them again if they are still wanted. */
    void otherView(boolean later, int messages) {
        (later ? laterView : oldView).add(messages);
    }

    /** The handler of a channel for views threw. */
    void viewHandlerFailed(String channel, Throwable cause) {
        report(handlerFailed, "the handler of channel " + channel + " failed on a view", cause);
    }

    /** Opens the books on what is sent to that member. */
    Account account(String member, LongSupplier inFlight) {
        return new Account(counters, component, member, inFlight);
    }

    /** @param message all of it */
    void malformed(ProcessId source, long number, ByteBuffer message, RuntimeException cause) {
        deadLetters.add(DeadLetter.Reason.MALFORMED, cause, component, "", source, number, message);
        report(malformed, "message " + source + "#" + number + " is malformed and was dropped", cause);
    }

    /** The handler of that channel threw. */
    void failed(String channel, CurrentMessage message, Throwable cause) {
        if (cause instanceof UndecodablePayload undecodablePayload) {
            undecodable(channel, message.source, message.number, message.payload(), undecodablePayload);
        } else {
            handlerFailed(channel, message.source, message.number, cause);
        }
    }

    private void handlerFailed(String channel, ProcessId source, long number, Throwable cause) {
        report(handlerFailed, "the handler of channel " + channel + " failed on " + source + "#" + number, cause);
    }

    private void undecodable(
            String channel, ProcessId source, long number, ByteBuffer payload, UndecodablePayload cause) {
        deadLetters.add(DeadLetter.Reason.UNDECODABLE, cause, component, channel, source, number, payload);
        report(
                undecodable,
                "the payload of " + source + "#" + number + " on channel " + channel + " cannot be decoded",
                cause.getCause());
    }

    private void report(Counter counter, String sentence, @Nullable Throwable cause) {
        counter.increment();
        long times = counter.value();
        if (Long.bitCount(times) == 1) {
            log.log(
                    System.Logger.Level.WARNING,
                    component + ": " + sentence + (times == 1 ? "" : " (" + times + " such cases so far)"),
                    cause);
        }
    }
}
