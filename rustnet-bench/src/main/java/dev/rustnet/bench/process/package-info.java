/**
 * A program in a JVM of its own, steered by lines on its standard input.
 */
@NullMarked
package dev.rustnet.bench.process;

import org.jspecify.annotations.NullMarked;
