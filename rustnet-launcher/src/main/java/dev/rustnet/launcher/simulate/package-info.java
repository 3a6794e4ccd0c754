/** {@code rustnet simulate}: runs of the simulator, one to be looked at or many to be checked. */
@NullMarked
package dev.rustnet.launcher.simulate;

import org.jspecify.annotations.NullMarked;
