package dev.rustnet.testkit.simulation;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler.Closing;
import dev.rustnet.transport.ConnectionHandler.DialFailure;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One end of a simulated connection, and the direction that leads away from it. Where this end has closed, a frame that
 * arrives is answered with a reset, as TCP does it: that is how the other end of a half-open connection learns of it.
 */
final class SimulatedConnection implements Connection {
    private enum State {
        DIALLING,
        OPEN,
        CLOSED
    }

    /** On its way to the other end: a frame, or the end of the stream. */
    private sealed interface Packet {
        /** What it takes of the write buffer. */
        int length();
    }

    /**
     * @param id its number in this run
     * @param lost whether it does not arrive, whatever the state of the link
     */
    private record Frame(long id, ByteBuffer bytes, int length, boolean lost) implements Packet {}

    private record EndOfStream(Closing closing) implements Packet {
        @Override
        public int length() {
            return 0;
        }
    }

    // Injected
    private final SimulatedNetwork network;
    private final SimulatedTransport transport;
    private final String remoteHost;
    private final boolean outbound;

    // State
    private final ArrayDeque<Packet> held = new ArrayDeque<>();
    private State state;
    private @Nullable SimulatedConnection peer;
    private long lastArrivalNanos;
    private long cutNanos = Long.MAX_VALUE;
    private int cuts;
    private long onItsWay;
    private boolean waiting;
    private boolean closeAfterSending;
    private boolean ending;

    SimulatedConnection(SimulatedNetwork network, SimulatedTransport transport, String remoteHost, boolean outbound) {
        this.network = network;
        this.transport = transport;
        this.remoteHost = remoteHost;
        this.outbound = outbound;
        this.state = outbound ? State.DIALLING : State.OPEN;
        network.add(this);
    }

    String host() {
        return transport.host();
    }

    String remoteHost() {
        return remoteHost;
    }

    boolean established() {
        return state == State.OPEN;
    }

    @Override
    public boolean outbound() {
        return outbound;
    }

    @Override
    public String remoteAddress() {
        return remoteHost + ":0";
    }

    /** This end was accepted; {@code dialling} is the other one, which may not know it yet. */
    void join(SimulatedConnection dialling) {
        peer = dialling;
    }

    void opened(SimulatedConnection accepted) {
        if (state != State.DIALLING) {
            accepted.resetAfterDelay(host());
            return;
        }
        state = State.OPEN;
        peer = accepted;
        network.trace(Trace.Kind.OPENED, host(), remoteHost, 0, "");
        transport.arrive(handler -> {
            if (state == State.OPEN) {
                handler.opened(this);
            }
        });
    }

    void failed(DialFailure failure, String detail) {
        if (state == State.DIALLING) {
            gone();
            network.trace(Trace.Kind.DIAL_FAILED, host(), remoteHost, 0, failure.name());
            transport.arrive(handler -> handler.dialFailed(this, failure, detail));
        }
    }

    @Override
    public boolean idle() {
        // An ending that poll has not reported yet is not known here.
        return state == State.OPEN && !waiting && !closeAfterSending;
    }

    @Override
    public boolean send(ByteBuffer[] parts, int count) {
        if (transport.closed()) {
            return false; // The process has crashed in the middle of this turn.
        }
        if (!idle()) {
            throw new IllegalStateException("send is only for a connection that is idle");
        }
        transport.beforeSend();
        byte[] frame = copy(parts, count);
        if (transport.closed()) {
            return false; // It crashes now, before this frame.
        }
        if (ending) {
            waiting = network.random(2) == 0;
            return !waiting; // Lost either way; the end is reported next.
        }
        transmit(frame);
        waiting = onItsWay > network.options().writeBufferBytes()
                || network.chance(network.options().shortWrites());
        return !waiting;
    }

    private static byte[] copy(ByteBuffer[] parts, int count) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += parts[i].remaining();
        }
        byte[] frame = new byte[length];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int size = parts[i].remaining();
            parts[i].get(frame, at, size);
            at += size;
        }
        return frame;
    }

    private void transmit(byte[] frame) {
        NetworkOptions options = network.options();
        network.trace(Trace.Kind.SENT, host(), remoteHost, Arrays.hashCode(frame), frame.length);
        onItsWay += frame.length;
        boolean lost = network.chance(options.loss());
        long id = network.sent(host(), remoteHost, frame);
        schedule(new Frame(id, ByteBuffer.wrap(frame), frame.length, lost), network.chance(options.reordering()));
        if (network.chance(options.duplication())) {
            network.trace(Trace.Kind.DUPLICATED, host(), remoteHost, 0, frame.length);
            long copy = network.sent(host(), remoteHost, frame);
            schedule(new Frame(copy, ByteBuffer.wrap(frame.clone()), 0, false), true);
        }
    }

    private void schedule(Packet packet, boolean overtakes) {
        Scheduler scheduler = network.scheduler();
        long arrival = scheduler.nowNanos() + network.delayNanos(host(), remoteHost);
        if (!overtakes) {
            arrival = Math.max(arrival, lastArrivalNanos + 1);
            lastArrivalNanos = arrival;
        }
        long atNanos = arrival;
        int cutsBefore = cuts;
        scheduler.at(atNanos, () -> {
            if (atNanos <= cutNanos || cutsBefore == cuts) {
                arrive(packet);
            }
        });
    }

    /** The packet has come to the end of the way, which may be blocked. */
    private void arrive(Packet packet) {
        switch (network.state(host(), remoteHost)) {
            case UP -> {
                if (held.isEmpty()) {
                    handOver(packet);
                } else {
                    held.add(packet);
                }
            }
            case HOLDING -> held.add(packet);
            case SWALLOWING -> lose(packet);
        }
    }

    private void lose(Packet packet) {
        network.trace(Trace.Kind.LOST, host(), remoteHost, 0, packet.length());
        if (packet instanceof Frame frame) {
            network.lost(frame.id());
        }
        left(packet.length());
    }

    void healed(String from, String to) {
        if (host().equals(from) && remoteHost.equals(to)) {
            healed();
        }
    }

    /** What was held comes after a further delay, in order. */
    void healed() {
        if (!held.isEmpty()) {
            long delay = network.delayNanos(host(), remoteHost);
            int cutsBefore = cuts;
            network.scheduler().after(delay, () -> {
                if (cutsBefore == cuts && network.state(host(), remoteHost) == SimulatedNetwork.LinkState.UP) {
                    for (Packet packet = held.poll(); packet != null; packet = held.poll()) {
                        handOver(packet);
                    }
                }
            });
        }
    }

    private void handOver(Packet packet) {
        SimulatedConnection to = peer;
        if (network.isSilent(remoteHost) || to == null) {
            lose(packet);
        } else if (packet instanceof Frame frame && frame.lost()) {
            lose(packet);
        } else if (to.state == State.CLOSED || to.transport.closed()) {
            lose(packet);
            if (packet instanceof Frame) {
                resetAfterDelay(remoteHost);
            }
        } else if (packet instanceof Frame frame) {
            to.received(this, frame);
        } else if (packet instanceof EndOfStream end) {
            to.end(end.closing());
        }
    }

    private void received(SimulatedConnection from, Frame packet) {
        byte[] frame = packet.bytes().array();
        transport.arrive(handler -> {
            from.left(packet.length());
            if (state != State.OPEN) {
                return;
            }
            if (frame.length > transport.maxFrameLength()) {
                from.resetAfterDelay(host());
                gone();
                handler.closed(this, Closing.BAD_FRAME, "a frame of " + frame.length + " bytes");
                return;
            }
            network.trace(Trace.Kind.DELIVERED, remoteHost, host(), Arrays.hashCode(frame), frame.length);
            network.arrived(packet.id());
            handler.received(this, ByteBuffer.wrap(frame));
            Arrays.fill(frame, (byte) 0xDB);
        });
    }

    /** So many bytes have left the write buffer. */
    private void left(int length) {
        onItsWay -= length;
        if (waiting && state == State.OPEN && onItsWay <= network.options().writeBufferBytes()) {
            transport.arrive(handler -> {
                if (waiting && state == State.OPEN) {
                    waiting = false;
                    if (closeAfterSending) {
                        close();
                    } else {
                        handler.drained(this);
                    }
                }
            });
        }
    }

    private void end(Closing closing) {
        if (!ending && state != State.CLOSED) {
            ending = true;
            transport.arrive(handler -> {
                if (state == State.CLOSED) {
                    return;
                }
                boolean silently = closeAfterSending;
                gone();
                network.trace(Trace.Kind.CLOSED, host(), remoteHost, 0, closing.name());
                if (!silently) {
                    handler.closed(this, closing, "simulated");
                }
            });
        }
    }

    /** This end learns, after the way back from {@code origin}, that the connection is no more. */
    private void resetAfterDelay(String origin) {
        network.scheduler().after(network.delayNanos(origin, host()), () -> {
            if (network.state(origin, host()) == SimulatedNetwork.LinkState.UP && state == State.OPEN) {
                cut();
                end(Closing.RESET);
            }
        });
    }

    /** A fault of the network: this end learns it now, and what is on its way is lost from some point on. */
    void reset() {
        if (state == State.OPEN) {
            cut();
            end(Closing.RESET);
        }
    }

    private void cut() {
        long now = network.scheduler().nowNanos();
        long span = Math.max(0, lastArrivalNanos - now);
        int lost = span == 0 ? 0 : network.random((int) Math.min(span, Integer.MAX_VALUE - 1) + 1);
        cutNanos = Math.min(cutNanos, now + lost);
        cuts++;
        held.clear();
    }

    void crash(boolean hostToo) {
        State before = state;
        gone();
        SimulatedConnection other = peer;
        if (before != State.OPEN || other == null) {
            return;
        }
        boolean reset = network.random(2) == 0;
        if (hostToo || reset) {
            cut();
        }
        if (!hostToo) {
            schedule(new EndOfStream(reset ? Closing.RESET : Closing.END_OF_STREAM), false);
        }
    }

    @Override
    public void close() {
        State before = state;
        gone();
        if (before == State.OPEN && !ending) {
            schedule(new EndOfStream(Closing.END_OF_STREAM), false);
        }
    }

    @Override
    public void closeAfterSending() {
        if (state == State.OPEN && waiting) {
            closeAfterSending = true;
        } else {
            close();
        }
    }

    private void gone() {
        state = State.CLOSED;
        transport.remove(this);
        SimulatedConnection other = peer;
        // Until both ends have closed, what the link holds may still have to be handed over.
        if (other == null || other.state == State.CLOSED) {
            network.remove(this);
            if (other != null) {
                network.remove(other);
            }
        }
    }
}
