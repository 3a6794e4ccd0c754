/**
 * Uniform reliable broadcast (CGR 3.4): {@link AllAckUniformReliableBroadcast} is the algorithm, {@link CommitRule} says
 * whose acknowledgements it waits for, {@link StallReport} puts into words what it waits for, and {@link
 * UniformReliableBroadcastComponent} wires them to a node.
 */
@NullMarked
package dev.rustnet.plugins.uniformreliablebroadcast;

import org.jspecify.annotations.NullMarked;
