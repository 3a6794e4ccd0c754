/**
 * Lamport's clock: {@link PiggybackedLamportClock} is the algorithm, {@link LamportClockComponent} wires it to a node.
 */
@NullMarked
package dev.rustnet.plugins.lamportclock;

import org.jspecify.annotations.NullMarked;
