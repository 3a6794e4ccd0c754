/**
 * All components of the distribution together, in the simulator. Here, because only the launcher sees them all.
 */
@NullMarked
package dev.rustnet.launcher.scenario;

import org.jspecify.annotations.NullMarked;
