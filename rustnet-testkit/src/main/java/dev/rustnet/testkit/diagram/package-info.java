/** Pictures of a run: its space-time diagram as a page, an image, or input for other people's tools. */
@NullMarked
package dev.rustnet.testkit.diagram;

import org.jspecify.annotations.NullMarked;
