/**
 * Vector clock: {@link PiggybackedVectorClock} is the algorithm, {@link VectorHeader} puts its times on the wire, {@link
 * ShiVizLog} writes its events down, and {@link VectorClockComponent} wires them to a node.
 */
@NullMarked
package dev.rustnet.plugins.vectorclock;

import org.jspecify.annotations.NullMarked;
