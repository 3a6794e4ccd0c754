package dev.rustnet.bench.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The yardstick: writes length-prefixed frames to the others with gathering writes, if it is a sender, counts those that
 * come, and does nothing else. No acknowledgements, no look at a message, no membership: the floor of what TCP costs.
 */
final class RawNioMember implements Member {
    private static final int READ_BYTES = 256 * 1024;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    // Injected
    private final Role role;
    private final Deliveries deliveries;

    // State
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Queue<byte[]> paced = new ConcurrentLinkedQueue<>();
    private volatile boolean flooding;
    private volatile boolean closed;
    private Runnable onLoss = () -> {};

    RawNioMember(Role role, Deliveries deliveries) throws IOException {
        this.role = role;
        this.deliveries = deliveries;
        selector = Selector.open();
        listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), role.port(role.rank())));
    }

    /** Dials those before it, accepts those after it. */
    @Override
    public void join() throws IOException {
        for (int i = 0; i < role.rank(); i++) {
            add(dial(role.port(i)));
        }
        for (int i = role.rank() + 1; i < role.members(); i++) {
            add(listener.accept());
        }
        var loop = new Thread(this::run, "loop");
        loop.setDaemon(true);
        loop.start();
    }

    private static SocketChannel dial(int port) {
        while (true) {
            try {
                return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException notYet) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void add(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Link(channel, channels.size()));
        channels.add(channel);
    }

    @Override
    public void flood(Messages messages) {
        flooding = true;
        selector.wakeup();
    }

    @Override
    public void broadcast(byte[] message) {
        paced.add(message);
        selector.wakeup();
    }

    @Override
    public void onLoss(Runnable action) {
        onLoss = action;
    }

    private void run() {
        var chunks = new SharedChunks(channels.size(), role.messageLength());
        try {
            while (!closed) {
                boolean moreToSend = flooding && flood(chunks);
                if (moreToSend) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready);
                }
                for (byte[] message = paced.poll(); message != null; message = paced.poll()) {
                    writeAtOnce(message);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills what is free and writes what the sockets take; returns whether they take more. */
    private boolean flood(SharedChunks chunks) throws IOException {
        deliveries.counted(role.rank(), chunks.fill());
        boolean more = true;
        for (SelectionKey key : selector.keys()) {
            var link = (Link) key.attachment();
            if (!link.full) {
                link.full = !chunks.writeTo(link.channel, link.index);
                key.interestOps(link.full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
            more &= !link.full;
        }
        return more;
    }

    /** At a pace at which the sockets are never full. */
    private void writeAtOnce(byte[] message) throws IOException {
        ByteBuffer frame = ByteBuffer.allocateDirect(Integer.BYTES + message.length);
        frame.putInt(message.length).put(message).flip();
        deliveries.counted(role.rank(), 1);
        for (SocketChannel channel : channels) {
            ByteBuffer once = frame.duplicate();
            while (once.hasRemaining()) {
                channel.write(once);
            }
        }
    }

    private void ready(SelectionKey key) {
        var link = (Link) key.attachment();
        if (key.isWritable()) {
            link.full = false;
        }
        if (key.isReadable() && !link.read()) {
            key.cancel();
            onLoss.run();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
        listener.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    /** Counts the frames of one connection where they lie. */
    private final class Link {
        private final SocketChannel channel;
        private final int index;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        /** The socket takes nothing more for now. */
        private boolean full;

        Link(SocketChannel channel, int index) {
            this.channel = channel;
            this.index = index;
        }

        /** Returns whether the connection is still there. */
        boolean read() {
            try {
                if (channel.read(buffer) < 0) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
            buffer.flip();
            int count = 0;
            while (buffer.remaining() >= Integer.BYTES) {
                int at = buffer.position();
                int length = buffer.getInt(at);
                if (buffer.remaining() < Integer.BYTES + length) {
                    break;
                }
                if (role.timed()) {
                    look(at + Integer.BYTES, length);
                } else {
                    count++;
                }
                buffer.position(at + Integer.BYTES + length);
            }
            buffer.compact();
            if (count > 0) {
                // All from one thread, so that one count serves all senders.
                deliveries.counted(role.rank() < role.senders() ? role.rank() : 0, count);
            }
            return true;
        }

        private void look(int at, int length) {
            deliveries.delivered(
                    buffer.getInt(at),
                    buffer.getInt(at + Messages.SENDER_AT),
                    buffer.getLong(at + Messages.SENT_AT),
                    length);
        }
    }
}
