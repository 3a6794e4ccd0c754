/**
 * Which components there are, in which order they start and why, and the report of all that prevents it. Nothing here
 * starts anything: discovery makes instances, {@code StartOrder} is a pure function, and every problem becomes a
 * {@code Problem} with its place and its fix.
 */
@NullMarked
package dev.rustnet.core.plan;

import org.jspecify.annotations.NullMarked;
