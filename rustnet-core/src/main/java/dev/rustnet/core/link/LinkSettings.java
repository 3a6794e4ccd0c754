package dev.rustnet.core.link;

import java.time.Duration;

/**
 * The settings of the link layer, from {@code rustnet.link} and {@code rustnet.node}.
 *
 * @param maxMessageLength the longest message of a component or application, in bytes
 * @param windowBytes bytes of point-to-point messages that may be unacknowledged, per link
 * @param windowMessages the same in messages
 * @param handshakeTimeout after which a connection without a finished handshake is closed
 * @param dialBackoffMin the first pause after a failed dial
 * @param dialBackoffMax the longest
 * @param retransmitAfter silence after which what is not acknowledged is sent again; doubles up to eight times that
 * @param dialOnDemand whether only those members are dialled for whom there is something, or whom a component asks for
 * @param passOnAfter how long news that nobody waits for may wait for a batch to travel with
 */
public record LinkSettings(
        int maxMessageLength,
        int windowBytes,
        int windowMessages,
        Duration handshakeTimeout,
        Duration dialBackoffMin,
        Duration dialBackoffMax,
        Duration retransmitAfter,
        Duration passOnAfter,
        boolean dialOnDemand) {}
