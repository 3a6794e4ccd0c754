package dev.rustnet.core.link;

import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import java.nio.ByteBuffer;

/** Tells the loop with each event that it waits no more: from here on it is handlers that take the time. */
record WokenHandler(EventLoop loop, ConnectionHandler handler) implements ConnectionHandler {
    @Override
    public void accepted(Connection connection) {
        loop.awake();
        handler.accepted(connection);
    }

    @Override
    public void opened(Connection connection) {
        loop.awake();
        handler.opened(connection);
    }

    @Override
    public void dialFailed(Connection connection, DialFailure failure, String detail) {
        loop.awake();
        handler.dialFailed(connection, failure, detail);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        loop.awake();
        handler.received(connection, frame);
    }

    @Override
    public void drained(Connection connection) {
        loop.awake();
        handler.drained(connection);
    }

    @Override
    public void closed(Connection connection, Closing closing, String detail) {
        loop.awake();
        handler.closed(connection, closing, detail);
    }
}
