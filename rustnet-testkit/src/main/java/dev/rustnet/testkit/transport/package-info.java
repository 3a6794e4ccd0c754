/**
 * Transports put to the test: faults between two real sockets ({@link dev.rustnet.testkit.transport.FaultProxy}). The one
 * package of the testkit that owns real sockets, threads and clocks.
 */
@NullMarked
package dev.rustnet.testkit.transport;

import org.jspecify.annotations.NullMarked;
