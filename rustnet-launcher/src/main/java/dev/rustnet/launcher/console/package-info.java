/**
 * The two streams that a person reads: what stands on a terminal is coloured, what goes elsewhere is plain; logs go to
 * standard error, results to standard output.
 */
@NullMarked
package dev.rustnet.launcher.console;

import org.jspecify.annotations.NullMarked;
