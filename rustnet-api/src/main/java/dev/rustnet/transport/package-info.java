/**
 * The transport SPI: connections that carry frames, found with {@link java.util.ServiceLoader}. A transport is fair-loss:
 * it may lose, duplicate and reorder frames and close a connection; the links above it make that good.
 */
@NullMarked
package dev.rustnet.transport;

import org.jspecify.annotations.NullMarked;
