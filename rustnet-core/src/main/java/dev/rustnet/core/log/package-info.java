/** Broadcast logs: retention, windows, acknowledgement state, delivery to channels. */
@NullMarked
package dev.rustnet.core.log;

import org.jspecify.annotations.NullMarked;
