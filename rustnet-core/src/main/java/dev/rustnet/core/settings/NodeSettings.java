package dev.rustnet.core.settings;

import dev.rustnet.core.link.LinkSettings;
import dev.rustnet.core.log.BroadcastLogs;
import dev.rustnet.group.Group;
import java.time.Duration;

/**
 * The kernel's own settings, checked; see the core's {@code reference.conf} for each of them.
 *
 * @param name of the own process, as in the list of peers
 * @param group the configured members
 * @param bind where to listen
 * @param advertise the address under which others reach this process
 * @param maxPeers the largest number of others that this process is meant for
 * @param transport the name of the transport
 * @param cluster the name of the cluster
 * @param maxMessageLength the longest message, in bytes
 * @param shutdownTimeout how long to let what was sent arrive when the node stops
 * @param deliveryBudget time for deliveries in one turn of the loop
 * @param stopOnComponentFailure whether a component that throws in a handler ends the node
 * @param inboxCapacity calls of other threads that may wait for the loop
 * @param blockingThreads the most threads for work that blocks
 * @param deadLetters how many messages that could not be delivered are kept for inspection
 * @param reportBlockedAfter after which a handler that holds up the loop is reported; zero for never
 * @param dataDirectory where components keep small durable records
 * @param dialTimeout after which a dial counts as failed
 * @param link the settings of the link layer
 * @param deliverOn where the handlers of a broadcast are called whose component does not say
 * @param window the bounds of a broadcast whose component does not set its own
 */
public record NodeSettings(
        String name,
        Group group,
        String bind,
        String advertise,
        int maxPeers,
        String transport,
        String cluster,
        int maxMessageLength,
        Duration shutdownTimeout,
        Duration deliveryBudget,
        boolean stopOnComponentFailure,
        int inboxCapacity,
        int blockingThreads,
        int deadLetters,
        Duration reportBlockedAfter,
        String dataDirectory,
        Duration dialTimeout,
        LinkSettings link,
        BroadcastLogs.DeliverOn deliverOn,
        BroadcastLogs.Window window) {}
