/**
 * The {@code rustnet} command: one class per subcommand, and how a configuration is named on the command line.
 */
@NullMarked
package dev.rustnet.launcher;

import org.jspecify.annotations.NullMarked;
