/** Chunks of memory that messages are encoded into once, and the encoding itself. */
@NullMarked
package dev.rustnet.core.memory;

import org.jspecify.annotations.NullMarked;
