/**
 * The kernel: from components and a configuration to a running node. {@code Planner} asks everything and starts nothing;
 * {@code Kernel} wires what was planned and runs it; {@code KernelContext} is all that a component sees of it.
 */
@NullMarked
package dev.rustnet.core.kernel;

import org.jspecify.annotations.NullMarked;
