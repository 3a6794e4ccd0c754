package dev.rustnet.transport.nio;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler.Closing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the dial or the accept to its end. Whatever the handler does or throws while it is being told
 * something, the connection is in order: state changes first, the handler is called last.
 */
final class NioConnection extends Source implements Connection {
    private enum State {
        DIALLING,
        OPEN,
        /** Closing in good order: what waits has not left yet. */
        FLUSHING,
        /** Closing in good order: all has left; the other end is to close, too, before unread bytes of it cause a reset. */
        LINGERING,
        CLOSED
    }

    /** Looking at the clock after each frame would cost more than small frames do. */
    private static final int FRAMES_PER_LOOK_AT_THE_CLOCK = 8;

    // Injected
    private final Reactor reactor;
    private final boolean outbound;
    private final String remoteAddress;
    private final long closeTimeoutNanos;
    private final FrameWriter writer;
    private final FrameDecoder decoder;

    // State
    private final ByteBuffer[] scatter = new ByteBuffer[2];
    private State state = State.DIALLING;
    private @Nullable Wire wire;
    private @Nullable Dial dial;
    private int ready;
    /** What was read and could not be handed over in the same turn. */
    private @Nullable ByteBuffer unread;
    /** Writing has failed; what still can be read is handed over before that is reported. */
    private @Nullable String writeFailure;

    private boolean endSeen;

    NioConnection(Reactor reactor, NioSettings settings, int maxFrameLength, boolean outbound, String remoteAddress) {
        this.reactor = reactor;
        this.outbound = outbound;
        this.remoteAddress = remoteAddress;
        this.closeTimeoutNanos = settings.closeTimeout().toNanos();
        this.writer = new FrameWriter(maxFrameLength);
        this.decoder = new FrameDecoder(maxFrameLength, reactor.pool());
    }

    /** It is being dialled. */
    void dialling(Dial dial) {
        this.dial = dial;
    }

    /** It is there; the handler is told by the caller. */
    void connected(Wire wire) {
        this.wire = wire;
        dial = null;
        state = State.OPEN;
        reactor.connectionOpened();
    }

    /** Dialling has come to nothing; the handler is told by the caller. */
    void notConnected() {
        dial = null;
        state = State.CLOSED;
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
        return state == State.OPEN && writeFailure == null && !writer.waiting();
    }

    @Override
    public boolean send(ByteBuffer[] parts, int count) {
        if (!idle()) {
            throw new IllegalStateException("send was called while the connection to " + remoteAddress + " was "
                    + (state == State.OPEN ? "not idle" : state));
        }
        writer.load(parts, count);
        return write();
    }

    @Override
    public void expectAtMost(int bytes) {
        decoder.expectAtMost(bytes);
    }

    /** Whether it is closing in good order, which is a courtesy. */
    boolean closing() {
        return state == State.FLUSHING || state == State.LINGERING;
    }

    @Override
    public void close() {
        if (state == State.DIALLING) {
            state = State.CLOSED;
            if (dial != null) {
                dial.close();
            }
        } else if (state != State.CLOSED) {
            state = State.CLOSED;
            wire().close();
            writer.clear();
            decoder.release();
            releaseUnread();
            reactor.forget(this);
            reactor.connectionClosed();
        }
    }

    @Override
    public void closeAfterSending() {
        if (state == State.DIALLING || (state == State.OPEN && writeFailure != null)) {
            close();
        } else if (state == State.OPEN) {
            reactor.expireAfter(this, closeTimeoutNanos);
            releaseUnread();
            if (writer.waiting()) {
                state = State.FLUSHING;
            } else {
                linger();
            }
        }
    }

    /** Whether it is closing in good order, and something waits to be sent. */
    boolean flushing() {
        return state == State.FLUSHING;
    }

    /** What arrives from now on stays where it is. */
    void stopReading() {
        wire().wantRead(false);
    }

    @Override
    void ready(int operations) {
        ready |= operations;
        reactor.enqueue(this);
    }

    @Override
    void work(long untilNanos) {
        int operations = ready;
        ready = 0;
        try {
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                flush();
            }
            if (state != State.CLOSED
                    && ((operations & SelectionKey.OP_READ) != 0 || unread != null || writeFailure != null)) {
                receive(untilNanos);
            }
        } finally {
            if (state != State.CLOSED && (unread != null || writeFailure != null)) {
                reactor.enqueue(this);
            }
        }
    }

    @Override
    void expired() {
        close();
    }

    /** Sends what goes of what waits, and tells the handler when that was all. */
    void flush() {
        if (!writer.waiting() || writeFailure != null || !write()) {
            return;
        }
        wire().wantWrite(false);
        if (state == State.FLUSHING) {
            linger();
        } else if (state == State.OPEN) {
            reactor.event().drained(this);
        }
    }

    private boolean write() {
        try {
            if (writer.writeTo(wire())) {
                return true;
            }
            wire().wantWrite(true);
        } catch (IOException e) {
            writer.clear();
            if (state == State.FLUSHING) {
                close();
            } else {
                writeFailure = Sockets.text(e);
                reactor.enqueue(this);
            }
        }
        return false;
    }

    private void linger() {
        try {
            wire().endOutput();
            state = State.LINGERING;
        } catch (IOException e) {
            close();
        }
        if (endSeen) {
            close();
        }
    }

    private void receive(long untilNanos) {
        if (unread != null) {
            handOver(unread, unread.duplicate(), untilNanos);
            return;
        }
        ByteBuffer input = reactor.readBuffer().clear();
        long count;
        try {
            count = read(input);
        } catch (IOException e) {
            end(Closing.RESET, Sockets.text(e));
            return;
        }
        if (writeFailure != null && count <= 0) {
            end(Closing.RESET, writeFailure);
        } else if (count < 0) {
            endOfStream();
        } else if (state == State.OPEN) {
            handOver(input.flip(), reactor.readView(), untilNanos);
        }
    }

    private long read(ByteBuffer input) throws IOException {
        // A connection that is closing only reads so that the other end can go on, and throws it away.
        ByteBuffer unfinished = state == State.OPEN ? decoder.target() : null;
        if (unfinished == null) {
            return wire().read(input);
        }
        scatter[0] = unfinished;
        scatter[1] = input;
        return wire().read(scatter, 0, 2);
    }

    private void handOver(ByteBuffer input, ByteBuffer view, long untilNanos) {
        int frames = 0;
        try {
            while (state == State.OPEN) {
                ByteBuffer frame = decoder.next(input, view.clear());
                if (frame == null) {
                    break;
                }
                reactor.event().received(this, frame);
                if (++frames % FRAMES_PER_LOOK_AT_THE_CLOCK == 0 && reactor.nanos() - untilNanos >= 0) {
                    break;
                }
            }
        } finally {
            keepUnread(input);
        }
        if (state == State.OPEN && decoder.problem() != null) {
            end(Closing.BAD_FRAME, decoder.problem());
        }
    }

    /** The read buffer serves all connections: what is left in it moves out. */
    private void keepUnread(ByteBuffer input) {
        if (state != State.OPEN || !input.hasRemaining() || decoder.problem() != null) {
            releaseUnread();
        } else if (unread == null) {
            unread = reactor.pool().take(input.remaining()).put(input).flip();
        }
    }

    private void releaseUnread() {
        if (unread != null) {
            reactor.pool().give(unread);
            unread = null;
        }
    }

    private void endOfStream() {
        if (state == State.FLUSHING) {
            // The other end may still read.
            endSeen = true;
            wire().wantRead(false);
        } else {
            end(
                    Closing.END_OF_STREAM,
                    decoder.withinFrame() ? "the other end closed it within a frame" : "the other end closed it");
        }
    }

    private void end(Closing closing, String detail) {
        boolean report = state == State.OPEN;
        close();
        if (report) {
            reactor.event().closed(this, closing, detail);
        }
    }

    private Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("the connection to " + remoteAddress + " is not there yet");
        }
        return wire;
    }
}
