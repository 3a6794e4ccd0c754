/**
 * Fakes of what a component gets from its context, driven by hand, for unit tests of an algorithm without a node: time,
 * links, topics, membership, failure detector, broadcast log. For whole nodes there is the simulator.
 */
@NullMarked
package dev.rustnet.testkit.fake;

import org.jspecify.annotations.NullMarked;
