/** Links between processes: handshake, sessions, batches, retransmission. */
@NullMarked
package dev.rustnet.core.link;

import org.jspecify.annotations.NullMarked;
