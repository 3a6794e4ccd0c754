/** Whole nodes over real sockets, with faults between them: what the links make of a transport that breaks. */
@NullMarked
package dev.rustnet.transport.nio.mesh;

import org.jspecify.annotations.NullMarked;
