package dev.rustnet.testkit.transport;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** An open transport that is polled by hand, and what it has told; it must not tell anything but from within a poll. */
final class PolledTransport implements ConnectionHandler {
    /** @param detail why a connection ended or a dial failed, else empty */
    record Event(String kind, Connection connection, String detail) {
        @Override
        public String toString() {
            return kind + (detail.isEmpty() ? "" : " " + detail);
        }
    }

    private record Frame(Connection from, ByteBuffer bytes) {}

    // Injected
    private final Transport transport;

    // State
    private final List<Event> events = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private BiConsumer<Connection, byte[]> onReceived = (connection, frame) -> {};
    private boolean polling;
    private boolean closed;

    PolledTransport(Transport transport) {
        this.transport = transport;
        transport.open(this);
    }

    String localAddress() {
        return transport.localAddress();
    }

    Connection dial(String address) {
        return transport.dial(address);
    }

    boolean poll(long timeoutNanos) {
        if (closed) {
            return false;
        }
        polling = true;
        int before = events.size();
        try {
            boolean any = transport.poll(timeoutNanos);
            if (!any && events.size() > before) {
                throw new AssertionError("a poll says that it handed nothing over");
            }
            return any;
        } finally {
            polling = false;
        }
    }

    void wakeup() {
        transport.wakeup();
    }

    void close() {
        closed = true;
        transport.close();
    }

    void onReceived(BiConsumer<Connection, byte[]> action) {
        onReceived = action;
    }

    List<Event> events() {
        return events;
    }

    List<byte[]> frames() {
        return frames.stream().map(each -> each.bytes().array()).toList();
    }

    boolean has(byte[] frame) {
        return frames.stream().anyMatch(each -> Arrays.equals(each.bytes().array(), frame));
    }

    /** The connection over which that frame came. */
    Connection from(byte[] frame) {
        return frames.stream()
                .filter(each -> Arrays.equals(each.bytes().array(), frame))
                .findFirst()
                .orElseThrow()
                .from();
    }

    int count(String kind) {
        return (int) events.stream().filter(event -> event.kind().equals(kind)).count();
    }

    Connection connection(String kind) {
        return first(kind).connection();
    }

    String detail(String kind) {
        return first(kind).detail();
    }

    private Event first(String kind) {
        return events.stream()
                .filter(event -> event.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private void note(String kind, Connection connection, String detail) {
        if (!polling) {
            throw new AssertionError(kind + " was told outside a poll");
        }
        events.add(new Event(kind, connection, detail));
    }

    @Override
    public void accepted(Connection connection) {
        note("accepted", connection, "");
    }

    @Override
    public void opened(Connection connection) {
        note("opened", connection, "");
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        note("dialFailed", connection, failure.name());
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        note("received", connection, "");
        if (frame.order() != ByteOrder.BIG_ENDIAN) {
            throw new AssertionError("a frame is to be big-endian");
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(new Frame(connection, ByteBuffer.wrap(bytes)));
        onReceived.accept(connection, bytes);
    }

    @Override
    public void drained(Connection connection) {
        note("drained", connection, "");
    }

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        note("closed", connection, closing.name());
    }

    @Override
    public String toString() {
        return frames.size() + " frames, "
                + events.stream()
                        .filter(event -> !event.kind().equals("received"))
                        .toList();
    }
}
