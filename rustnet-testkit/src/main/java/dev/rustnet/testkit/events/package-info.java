/**
 * The events of a run and their text form, the event log: one line per event, one file per process incarnation.
 *
 * <p>{@link dev.rustnet.testkit.events.Event} is one event, {@link dev.rustnet.testkit.events.EventLogFormat} its line,
 * {@link dev.rustnet.testkit.events.EventLogReader} reads a file, and {@link dev.rustnet.testkit.events.ProcessIds} the
 * file beside it that says which number stands for which process.
 */
@NullMarked
package dev.rustnet.testkit.events;

import org.jspecify.annotations.NullMarked;
