/**
 * Best-effort broadcast (CGR 3.2): {@link BasicBroadcast} is the algorithm, {@link BestEffortBroadcastComponent} wires
 * it to a node.
 */
@NullMarked
package dev.rustnet.plugins.besteffortbroadcast;

import org.jspecify.annotations.NullMarked;
