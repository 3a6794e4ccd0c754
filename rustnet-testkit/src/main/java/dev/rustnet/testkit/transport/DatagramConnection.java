package dev.rustnet.testkit.transport;

import dev.rustnet.transport.Connection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One end of a connection of a {@link LossyDatagramTransport}. */
final class DatagramConnection implements Connection {
    private enum State {
        DIALLING,
        OPEN,
        CLOSED
    }

    /** Frames of which some pieces are there; of the oldest beyond that nothing more is expected. */
    private static final int MAX_PARTIAL = 16;

    /** A frame of which some pieces are there. */
    private record Partial(ByteBuffer bytes, BitSet pieces) {}

    // Injected
    private final LossyDatagramTransport transport;
    private final String remoteAddress;
    private final @Nullable SocketAddress remote;
    private final long id;
    private final boolean outbound;

    // State
    private final Map<Integer, Partial> partial = new LinkedHashMap<>();
    private State state;
    private int nextFrame;
    private long dialEndNanos;
    private long dialledNanos = System.nanoTime();

    /** @param remote null where it is not known: such a dial fails */
    DatagramConnection(
            LossyDatagramTransport transport,
            String remoteAddress,
            @Nullable SocketAddress remote,
            long id,
            boolean outbound) {
        this.transport = transport;
        this.remoteAddress = remoteAddress;
        this.remote = remote;
        this.id = id;
        this.outbound = outbound;
        this.state = outbound ? State.DIALLING : State.OPEN;
    }

    long id() {
        return id;
    }

    @Nullable
    SocketAddress remote() {
        return remote;
    }

    boolean dialling() {
        return state == State.DIALLING;
    }

    void dialledUntil(long endNanos) {
        dialEndNanos = endNanos;
    }

    boolean overdue(long nowNanos) {
        return nowNanos - dialEndNanos > 0;
    }

    boolean isTimeToDialAgain(long nowNanos, long pauseNanos) {
        if (nowNanos - dialledNanos < pauseNanos) {
            return false;
        }
        dialledNanos = nowNanos;
        return true;
    }

    void answered() {
        state = State.OPEN;
    }

    void gone() {
        state = State.CLOSED;
        partial.clear();
    }

    @Override
    public boolean outbound() {
        return outbound;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean idle() {
        return state == State.OPEN;
    }

    @Override
    public boolean send(ByteBuffer[] parts, int count) {
        SocketAddress to = remote;
        if (!idle() || to == null) {
            throw new IllegalStateException("send is only for a connection that is idle");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += parts[i].remaining();
        }
        if (length == 0 || length > transport.maxFrameLength()) {
            throw new IllegalArgumentException(
                    "a frame has 1 to " + transport.maxFrameLength() + " bytes, not " + length);
        }
        ByteBuffer frame = ByteBuffer.allocate(length);
        for (int i = 0; i < count; i++) {
            frame.put(parts[i]);
        }
        int number = nextFrame++;
        for (int offset = 0; offset < length; offset += Datagram.PIECE) {
            transport.transmit(Datagram.piece(id, number, frame.array(), offset), to);
        }
        return true;
    }

    /** A piece has arrived. @return its frame, when that is complete now */
    @Nullable
    ByteBuffer gather(Datagram head, ByteBuffer piece) {
        if (head.length() == piece.remaining()) {
            return piece.slice();
        }
        Partial frame = partial.computeIfAbsent(
                head.frame(), unused -> new Partial(ByteBuffer.allocate(head.length()), new BitSet()));
        if (frame.bytes().capacity() != head.length()) {
            return null;
        }
        frame.bytes().put(head.offset(), piece, piece.position(), piece.remaining());
        frame.pieces().set(head.offset() / Datagram.PIECE);
        if (frame.pieces().cardinality() == (head.length() + Datagram.PIECE - 1) / Datagram.PIECE) {
            partial.remove(head.frame());
            return frame.bytes();
        }
        if (partial.size() > MAX_PARTIAL) {
            Iterator<Integer> oldest = partial.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return null;
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            boolean tell = remote != null;
            transport.forget(this);
            if (tell) {
                transport.send(this, Datagram.CLOSED);
            }
        }
    }

    @Override
    public void closeAfterSending() {
        close(); // All has left.
    }
}
