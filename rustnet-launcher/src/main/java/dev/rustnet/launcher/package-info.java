/**
 * The {@code rustnet} command: one class per subcommand. What they share: how a configuration is named on the command
 * line, how a running node ends on a signal, and which exit code says what.
 */
@NullMarked
package dev.rustnet.launcher;

import org.jspecify.annotations.NullMarked;
