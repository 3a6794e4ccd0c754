/** Which files the command line wants diagrams in. */
@NullMarked
package dev.rustnet.launcher.diagram;

import org.jspecify.annotations.NullMarked;
