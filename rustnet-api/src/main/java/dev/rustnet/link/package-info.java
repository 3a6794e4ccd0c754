/**
 * Links between two processes: fair-loss messages straight over the transport, perfect links on top of it, typed messages and
 * requests over these, and headers that travel once per link and batch.
 */
@NullMarked
package dev.rustnet.link;

import org.jspecify.annotations.NullMarked;
