package dev.rustnet.transport.nio;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes down what a transport reports, and does what a test asks for when it happens. */
final class RecordingHandler implements ConnectionHandler {
    /** One event. */
    record Event(String kind, Connection connection, Object detail) {}

    final List<Event> events = new ArrayList<>();
    final List<byte[]> frames = new ArrayList<>();
    Consumer<Connection> onAccepted = connection -> {};
    BiConsumer<Connection, byte[]> onReceived = (connection, frame) -> {};
    Consumer<Connection> onDrained = connection -> {};
    Consumer<Connection> onClosed = connection -> {};

    @Override
    public void accepted(Connection connection) {
        events.add(new Event("accepted", connection, ""));
        onAccepted.accept(connection);
    }

    @Override
    public void opened(Connection connection) {
        events.add(new Event("opened", connection, ""));
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        events.add(new Event("dialFailed", connection, failure + " " + detail));
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        if (frame.order() != ByteOrder.BIG_ENDIAN) {
            throw new AssertionError("frames are big-endian");
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(bytes);
        events.add(new Event("received", connection, bytes.length));
        onReceived.accept(connection, bytes);
    }

    @Override
    public void drained(Connection connection) {
        events.add(new Event("drained", connection, ""));
        onDrained.accept(connection);
    }

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        events.add(new Event("closed", connection, closing));
        onClosed.accept(connection);
    }

    List<Event> of(String kind) {
        return events.stream().filter(event -> event.kind().equals(kind)).toList();
    }

    int count(String kind) {
        return of(kind).size();
    }

    Connection first(String kind) {
        return of(kind).get(0).connection();
    }

    Object detail(String kind) {
        return of(kind).get(0).detail();
    }
}
