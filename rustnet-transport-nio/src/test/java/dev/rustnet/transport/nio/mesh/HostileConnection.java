package dev.rustnet.transport.nio.mesh;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection to a node by somebody who does not mean well, or does not know what he does. */
final class HostileConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final byte HELLO = 2;
    private static final byte WELCOME = 3;
    private static final byte ACCEPT = 4;

    private final Socket socket;

    private HostileConnection(Socket socket) {
        this.socket = socket;
    }

    /** @param address {@code host:port} */
    static HostileConnection to(String address) {
        int colon = address.lastIndexOf(':');
        try {
            Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return new HostileConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame: its length, then the content. */
    static byte[] frame(byte[] content) {
        return ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** @return false when the other end has ended it */
    boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends nothing more. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It has been ended from the other side.
        }
    }

    /** Says that hello and accepts the answer. @return false when it was refused or ended */
    boolean handshake(byte[] hello) {
        if (!send(frame(hello))) {
            return false;
        }
        try {
            var in = new DataInputStream(socket.getInputStream());
            byte[] answer = in.readNBytes(in.readInt());
            return answer.length > 0 && answer[0] == WELCOME && hello[0] == HELLO && send(frame(new byte[] {ACCEPT}));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end", e);
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the other end ends it. @return what it has said before */
    String awaitEnd() {
        var answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                answer.write(buffer, 0, count);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the node has not ended a hostile connection", e);
        } catch (EOFException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // Reset, which is an end, too.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Whether the other end has ended it, without waiting. */
    boolean ended() {
        try {
            socket.setSoTimeout(1);
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(TIMEOUT_MILLIS);
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
