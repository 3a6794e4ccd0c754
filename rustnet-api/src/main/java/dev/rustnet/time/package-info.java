/** Time as a component may see it: a clock that stands still during a turn of the loop, and timers that run on it. */
@NullMarked
package dev.rustnet.time;

import org.jspecify.annotations.NullMarked;
