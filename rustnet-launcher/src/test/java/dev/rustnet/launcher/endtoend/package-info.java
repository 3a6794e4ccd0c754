/**
 * Tests with separate processes on the loopback address: they run the unpacked distribution's start script, and wait for
 * lines of its output, never for a time.
 */
@NullMarked
package dev.rustnet.launcher.endtoend;

import org.jspecify.annotations.NullMarked;
