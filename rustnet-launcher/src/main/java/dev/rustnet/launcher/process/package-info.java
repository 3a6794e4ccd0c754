/**
 * A node as a process of the operating system: how it ends on a signal, and which exit code says what.
 */
@NullMarked
package dev.rustnet.launcher.process;

import org.jspecify.annotations.NullMarked;
