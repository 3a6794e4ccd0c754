/**
 * Broadcast services as an application sees them (services, channels, deliveries), and, in {@link BroadcastLog} and
 * {@link BroadcastProtocol}, what the author of a broadcast algorithm builds on.
 */
@NullMarked
package dev.rustnet.broadcast;

import org.jspecify.annotations.NullMarked;
