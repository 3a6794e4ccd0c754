package dev.rustnet.transport.nio.mesh;

import dev.rustnet.core.memory.Varint;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import dev.rustnet.testkit.transport.FaultProxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/** The first frame of a real node, taken down by somebody who listens in the place of another, and never answers. */
final class RecordedHello {
    private static final int VERSION_AT = 1 + Integer.BYTES;

    private final byte[] frame;

    private RecordedHello(byte[] frame) {
        this.frame = frame;
    }

    /** @param proxies that lead where the node dials; they lead to the listener meanwhile */
    static RecordedHello of(NodeBuilder builder, List<FaultProxy> proxies) {
        try (var listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress())) {
            proxies.forEach(proxy -> proxy.target("127.0.0.1:" + listener.getLocalPort()));
            try (Node node = builder.build()) {
                node.start().join();
                try (Socket dialled = listener.accept()) {
                    var in = new DataInputStream(dialled.getInputStream());
                    return new RecordedHello(in.readNBytes(in.readInt()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] frame() {
        return frame;
    }

    /** The same in another version of the protocol. */
    byte[] inVersion(int version) {
        byte[] other = frame.clone();
        other[VERSION_AT] = (byte) version;
        return other;
    }

    /** The same of an incarnation that comes after all others. */
    byte[] ofTheLastIncarnation() {
        byte[] other = frame.clone();
        ByteBuffer in = ByteBuffer.wrap(other);
        in.putLong(incarnationAt(in), Long.MAX_VALUE);
        return other;
    }

    /** What marks the batches on a connection that begins with it. */
    int tag() {
        ByteBuffer in = ByteBuffer.wrap(frame);
        long nonce = in.getLong(incarnationAt(in) + Long.BYTES);
        return (int) (nonce ^ nonce >>> 32);
    }

    private static int incarnationAt(ByteBuffer in) {
        in.position(VERSION_AT + 1);
        skipText(in); // the cluster
        skipText(in); // the name
        return in.position();
    }

    private static void skipText(ByteBuffer in) {
        int length = Varint.readInt(in, in.remaining());
        in.position(in.position() + length);
    }
}
