package dev.rustnet.transport.nio;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/** How this transport treats each of its sockets. */
final class Sockets {
    private Sockets() {}

    /** Sets all that a connection's socket needs before it is registered. */
    static void prepare(SocketChannel channel, NioSettings settings) throws IOException {
        channel.configureBlocking(false);
        // A turn of the loop writes once per peer: there is nothing to wait for.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (settings.sendBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.sendBuffer());
        }
        if (settings.receiveBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.receiveBuffer());
        }
    }

    /** Closes; an error in that changes nothing for anybody. */
    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way.
        }
    }

    /** What went wrong, for a person to read. */
    static String text(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
