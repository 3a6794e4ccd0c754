/**
 * Causal-order broadcast (CGR 3.9): {@link WaitingCausalBroadcast} is the algorithm, {@link HeldBack} stands between it
 * and the algorithm below, {@link CausePrefix} puts its vectors on the wire, {@link WaitReport} puts into words what it
 * waits for, and {@link CausalBroadcastComponent} wires them to a node.
 */
@NullMarked
package dev.rustnet.plugins.causalbroadcast;

import org.jspecify.annotations.NullMarked;
