package dev.rustnet.transport;

import java.nio.ByteBuffer;

/** What a transport reports. Called from within {@link Transport#poll}. What a method throws is the handler's error. */
public interface ConnectionHandler {
    /** Somebody has connected to this process. */
    void accepted(Connection connection);

    /** A dial has succeeded. */
    void opened(Connection connection);

    /** A dial has failed; the connection is closed. */
    void dialFailed(Connection connection, DialFailure failure, String detail);

    /** A frame has arrived. The buffer is the transport's and valid until this returns; big-endian. */
    void received(Connection connection, ByteBuffer frame);

    /** What {@link Connection#send} could not write at once has left now. */
    void drained(Connection connection);

    /** The connection has ended, not by {@link Connection#close}. */
    void closed(Connection connection, Closing closing, String detail);

    /** Why a dial failed. */
    enum DialFailure {
        /** The host answered that nobody listens there. */
        REFUSED,
        /** The name could not be resolved. */
        UNRESOLVED,
        /** No answer within the dial timeout. */
        TIMEOUT,
        /** Anything else. */
        FAILED
    }

    /** Why a connection ended. */
    enum Closing {
        /** The other end closed it in good order. */
        END_OF_STREAM,
        /** Reset by the other end or the network. */
        RESET,
        /** What arrived is not a frame, or a frame that is too long. */
        BAD_FRAME
    }
}
