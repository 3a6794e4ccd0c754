/** Payload codecs: records through Kryo, with registration required and names that are stable across nodes. */
@NullMarked
package dev.rustnet.core.codec;

import org.jspecify.annotations.NullMarked;
