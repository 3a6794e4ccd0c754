package dev.rustnet.transport.nio;

import java.io.IOException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/** What one connection reads from and writes to without waiting. Plain bytes now; TLS is another kind. */
interface Wire extends ScatteringByteChannel, GatheringByteChannel {
    /** Whether the connection is to be told when it can read. */
    void wantRead(boolean want);

    /** Whether the connection is to be told when it can write. */
    void wantWrite(boolean want);

    /** Tells the other end that nothing follows. */
    void endOutput() throws IOException;

    /** Closes at once; never throws. */
    @Override
    void close();
}
