/**
 * Transports put to the test: what each must hold ({@link dev.rustnet.testkit.transport.TransportContract}), one that is no
 * TCP and loses, doubles and reorders ({@link dev.rustnet.testkit.transport.LossyDatagramTransport}), and faults between two
 * real sockets ({@link dev.rustnet.testkit.transport.FaultProxy}). The one package of the testkit that owns real sockets,
 * threads and clocks.
 */
@NullMarked
package dev.rustnet.testkit.transport;

import org.jspecify.annotations.NullMarked;
