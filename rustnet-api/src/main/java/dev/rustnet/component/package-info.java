/** What the author of a component writes against: the component, its descriptor and settings, and its context. */
@NullMarked
package dev.rustnet.component;

import org.jspecify.annotations.NullMarked;
