/**
 * A node in code: build it, ask it for services, start it, close it. {@link dev.rustnet.node.NodeBuilder} plans and
 * wires; {@link dev.rustnet.node.Node} is what an application holds. Everything behind it is in {@code dev.rustnet.core}.
 */
@NullMarked
package dev.rustnet.node;

import org.jspecify.annotations.NullMarked;
