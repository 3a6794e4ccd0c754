/**
 * Reliable broadcast (CGR 3.3): {@link LazyReliableBroadcast} is the algorithm, {@link ReliableBroadcastComponent} wires
 * it to a node.
 */
@NullMarked
package dev.rustnet.plugins.reliablebroadcast;

import org.jspecify.annotations.NullMarked;
