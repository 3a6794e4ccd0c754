/** The topic bus of a node: notices between its components, handed over in a later turn of the loop. */
@NullMarked
package dev.rustnet.core.bus;

import org.jspecify.annotations.NullMarked;
