/**
 * The configuration: HOCON over each jar's {@code reference.conf}, checked strictly. An unknown key, a value of the wrong
 * type or out of its range is a problem with file and line; all of them come in one report.
 */
@NullMarked
package dev.rustnet.core.settings;

import org.jspecify.annotations.NullMarked;
