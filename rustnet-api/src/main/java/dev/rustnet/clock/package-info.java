/** Logical clocks as services, their timestamps, and the headers that carry these. */
@NullMarked
package dev.rustnet.clock;

import org.jspecify.annotations.NullMarked;
