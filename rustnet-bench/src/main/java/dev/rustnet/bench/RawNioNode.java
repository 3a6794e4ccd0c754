package dev.rustnet.bench;

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

/**
 * One node of the yardstick: writes frames to the others, if it is a sender, counts those that come, and does nothing
 * else. No acknowledgements, no order across senders, no membership: the floor of what TCP costs.
 */
final class RawNioNode {
    private static final int READ_BYTES = 256 * 1024;

    // State
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ServerSocketChannel listener;
    private volatile long delivered;
    private long counted;

    private RawNioNode() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Arguments: its rank from 0, how many nodes, 1 when it sends, bytes of a message. */
    public static void main(String[] arguments) throws IOException {
        int rank = Integer.parseInt(arguments[0]);
        int nodes = Integer.parseInt(arguments[1]);
        boolean sends = arguments[2].equals("1");
        int payloadBytes = Integer.parseInt(arguments[3]);
        var node = new RawNioNode();
        NodeConsole.say("port " + node.listener.socket().getLocalPort());
        NodeConsole.serve(() -> node.delivered, line -> {
            try {
                node.connect(line.split(" "), rank, nodes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var loop = new Thread(() -> node.run(sends, payloadBytes), "loop");
            loop.setDaemon(true);
            loop.start();
            NodeConsole.say("connected");
        });
    }

    /** Dials those before it, accepts those after it. */
    private void connect(String[] ports, int rank, int nodes) throws IOException {
        for (int i = 0; i < rank; i++) {
            add(SocketChannel.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports[i]))));
        }
        for (int i = rank + 1; i < nodes; i++) {
            add(listener.accept());
        }
    }

    private void add(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var reader = new Reader(channel, channels.size());
        channel.register(selector, SelectionKey.OP_READ, reader);
        channels.add(channel);
    }

    private void run(boolean sends, int payloadBytes) {
        var chunks = new SharedChunks(channels.size(), payloadBytes);
        try {
            while (true) {
                boolean moreToSend = sends;
                if (sends) {
                    counted += chunks.fill();
                    for (SelectionKey key : selector.keys()) {
                        var reader = (Reader) key.attachment();
                        if (!reader.full) {
                            reader.full = !chunks.writeTo(reader.channel, reader.index);
                            key.interestOps(
                                    reader.full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                        }
                        moreToSend &= !reader.full;
                    }
                }
                if (moreToSend) {
                    selector.selectNow(RawNioNode::ready);
                } else {
                    selector.select(RawNioNode::ready);
                }
                for (SelectionKey key : selector.keys()) {
                    counted += ((Reader) key.attachment()).takeCount();
                }
                delivered = counted;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ready(SelectionKey key) {
        var reader = (Reader) key.attachment();
        if (key.isWritable()) {
            reader.full = false;
        }
        if (key.isReadable()) {
            reader.read();
        }
    }

    /** Counts the frames of one connection where they lie. */
    private static final class Reader {
        private final SocketChannel channel;
        private final int index;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        private int count;
        /** The socket takes nothing more for now. */
        private boolean full;

        Reader(SocketChannel channel, int index) {
            this.channel = channel;
            this.index = index;
        }

        void read() {
            try {
                if (channel.read(buffer) < 0) {
                    System.exit(0);
                }
            } catch (IOException e) {
                System.exit(0);
            }
            buffer.flip();
            while (buffer.remaining() >= Integer.BYTES) {
                int length = buffer.getInt(buffer.position());
                if (buffer.remaining() < Integer.BYTES + length) {
                    break;
                }
                buffer.position(buffer.position() + Integer.BYTES + length);
                count++;
            }
            buffer.compact();
        }

        int takeCount() {
            int taken = count;
            count = 0;
            return taken;
        }
    }
}
