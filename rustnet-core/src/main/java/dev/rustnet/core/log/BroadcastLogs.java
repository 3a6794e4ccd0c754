package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.UnknownOutcome;
import dev.rustnet.group.GroupMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The logs of all broadcast services of one node. Used on the loop, or while the node is built. */
public final class BroadcastLogs {
    private static final Duration LOOK_AFTER = Duration.ofSeconds(2);

    /**
     * The bounds of one log.
     *
     * @param windowBytes bytes of each source's messages that may be outstanding
     * @param windowMessages the same in messages
     */
    public record Window(int windowBytes, int windowMessages) {}

    /** Where the handlers of a log's channels are called. */
    public enum DeliverOn {
        /** On the loop: they must not block. */
        LOOP,
        /** On a thread for this log alone: they may block. */
        THREAD
    }

    // Injected
    private final LogParts parts;
    private final DeliveryQueue deliveries;

    // State
    private final List<RetainedBroadcastLog> logs = new ArrayList<>();

    /** @param deliveryBudgetNanos time for deliveries in one turn */
    public BroadcastLogs(LogParts parts, long deliveryBudgetNanos) {
        this.parts = parts;
        deliveries = new DeliveryQueue(parts.loop(), deliveryBudgetNanos);
        parts.loop().beforeTurnEnd(deliveries);
    }

    /** Adds a header to every broadcast and send; while the node is built. */
    public void stamp(BroadcastHeader<?> header) {
        parts.links().stamp(header);
    }

    /** Opens the log of a component; while the node is built. */
    public BroadcastLog open(
            String component,
            Window window,
            DeliverOn deliverOn,
            BroadcastLog.Retention retention,
            BroadcastLog.Acknowledgement acknowledgement,
            BroadcastProtocol protocol) {
        RetainedBroadcastLog opened = new RetainedBroadcastLog(
                component, window, retention, acknowledgement, protocol, parts, deliveries, deliverOn);
        logs.add(opened);
        return opened;
    }

    /** Sets who counts, and hands the first view to the protocols; once, after the components have been wired. */
    public void attach(GroupMembership membership) {
        for (RetainedBroadcastLog each : logs) {
            each.attach(membership);
        }
        if (!logs.isEmpty()) {
            parts.loop().timers().every(LOOK_AFTER, () -> logs.forEach(RetainedBroadcastLog::lookAfterWindow));
        }
    }

    /** Whether all that was handed over to delivery has reached its handler. For draining before a stop. */
    public boolean drained() {
        return !deliveries.busy() && logs.stream().noneMatch(RetainedBroadcastLog::delivering);
    }

    /**
     * Lets go of application threads that wait in a window, and fails what is tracked. The node is stopping.
     *
     * @return the own broadcasts whose outcome is not known
     */
    public List<UnknownOutcome> close() {
        List<UnknownOutcome> unknown = new ArrayList<>();
        logs.forEach(log -> log.close().ifPresent(unknown::add));
        return List.copyOf(unknown);
    }
}
