/** What the kernel takes from the world outside, behind one interface: the real world, or the simulator's. */
@NullMarked
package dev.rustnet.core.environment;

import org.jspecify.annotations.NullMarked;
