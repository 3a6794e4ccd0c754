/** The event loop: turns, timers, the door for other threads. It owns no thread: somebody turns it. */
@NullMarked
package dev.rustnet.core.loop;

import org.jspecify.annotations.NullMarked;
