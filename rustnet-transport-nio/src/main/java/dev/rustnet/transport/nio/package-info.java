/**
 * The transport on java.nio selectors. {@link dev.rustnet.transport.nio.NioTransport} is its face; the {@code Reactor}
 * waits and hands out work to the sources that it watches: the {@code Listener}, each {@code Dial}, each
 * {@code NioConnection}. A connection writes frames with a {@code FrameWriter} and finds them again in what it reads with
 * a {@code FrameDecoder}. A {@code Wire} is what a connection reads from and writes to: the place for TLS.
 */
@NullMarked
package dev.rustnet.transport.nio;

import org.jspecify.annotations.NullMarked;
