/**
 * Checkers of the properties of links, failure detectors and broadcasts, named as in CGR.
 *
 * <p>A {@link dev.rustnet.testkit.check.Monitor} is fed the events of a run, one at a time, and says in the end whether
 * its property was violated, and how. {@link dev.rustnet.testkit.check.PropertySet} names the properties of each
 * guarantee, {@link dev.rustnet.testkit.check.RunMonitors} feeds them all, and
 * {@link dev.rustnet.testkit.check.EventLogs} does so from the log files of a run. The same classes judge a simulation.
 */
@NullMarked
package dev.rustnet.testkit.check;

import org.jspecify.annotations.NullMarked;
