package dev.rustnet.core.link;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Somebody who dials and sends frames of his own making, and never answers what he hears. */
public final class Caller implements ConnectionHandler {
    private final Transport transport;
    private final List<ByteBuffer> toSay = new ArrayList<>();
    private final List<Connection> open = new ArrayList<>();
    private int opened;

    public Caller(MemoryNetwork network, String address) {
        transport = network.transport(address);
        transport.open(this);
    }

    /** Dials, and sends that frame as soon as the connection is there; null for none. */
    public void call(String address, ByteBuffer frame) {
        toSay.add(frame);
        transport.dial(address);
        transport.poll(0);
    }

    /** Takes note of what has happened to his connections. */
    public void poll() {
        while (transport.poll(0)) {}
    }

    public int open() {
        return open.size();
    }

    /** Closes the oldest connections. */
    public void hangUpAllButTheLast(int kept) {
        while (open.size() > kept) {
            open.remove(0).close();
        }
    }

    /** The first frame of a process of that name and group. */
    public static ByteBuffer hello(String name, long incarnation, String advertise, Group group) {
        Identity identity = new Identity(
                new ProcessId(name, incarnation),
                "test",
                advertise,
                group,
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>());
        ByteBuffer frame = ByteBuffer.allocate(Hello.MAX_LENGTH).put(FrameKind.HELLO);
        new Hello(identity, 7, 0).write(frame);
        return frame.flip();
    }

    @Override
    public void accepted(Connection connection) {
        connection.close();
    }

    @Override
    public void opened(Connection connection) {
        open.add(connection);
        ByteBuffer frame = toSay.get(opened++);
        if (frame != null) {
            connection.send(new ByteBuffer[] {frame}, 1);
        }
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {}

    @Override
    public void received(Connection connection, ByteBuffer answer) {}

    @Override
    public void drained(Connection connection) {}

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        open.remove(connection);
    }
}
