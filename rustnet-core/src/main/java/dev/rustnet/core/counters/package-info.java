/** Counters of everything that is sent, received, dropped and reported, by name. */
@NullMarked
package dev.rustnet.core.counters;

import org.jspecify.annotations.NullMarked;
