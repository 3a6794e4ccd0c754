package dev.rustnet.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A TCP connection without encryption. */
final class PlainWire implements Wire {
    // Injected
    private final SocketChannel channel;
    private final SelectionKey key;

    PlainWire(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets) throws IOException {
        return channel.read(targets);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return channel.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return channel.write(sources);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return channel.write(sources, offset, length);
    }

    @Override
    public void wantRead(boolean want) {
        want(SelectionKey.OP_READ, want);
    }

    @Override
    public void wantWrite(boolean want) {
        want(SelectionKey.OP_WRITE, want);
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        Sockets.closeQuietly(channel);
    }

    private void want(int operation, boolean want) {
        if (!key.isValid()) {
            return;
        }
        int now = key.interestOps();
        int then = want ? now | operation : now & ~operation;
        if (then != now) {
            key.interestOps(then);
        }
    }
}
