package dev.rustnet.transport.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler.Closing;
import dev.rustnet.transport.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that speak with a plain socket, well or badly. */
final class NioTransportHostileIT {
    private final Loopback loopback = new Loopback();
    private final RecordingHandler server = new RecordingHandler();
    private Transport listening;
    private Socket peer;

    @BeforeEach
    void open() throws IOException {
        listening = loopback.open(server);
        peer = connect();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        loopback.close();
    }

    @Test
    void receivesFramesThatArriveByteByByte() throws IOException {
        byte[] bytes = concat(frame(bytes(300, 1)), frame(bytes(1, 2)), frame(bytes(5, 3)));
        peer.setTcpNoDelay(true);

        for (byte b : bytes) {
            peer.getOutputStream().write(b);
            listening.poll(0);
        }
        loopback.until(() -> server.frames.size() == 3);

        assertThat(server.frames).containsExactly(bytes(300, 1), bytes(1, 2), bytes(5, 3));
    }

    @Test
    void sendsToAPeerThatReadsAByteAtATime() throws IOException {
        Connection accepted = server.first("accepted");

        Loopback.send(accepted, bytes(100, 1));
        byte[] read = new byte[104];
        for (int i = 0; i < read.length; i++) {
            read[i] = (byte) peer.getInputStream().read();
        }

        assertThat(read).isEqualTo(frame(bytes(100, 1)));
    }

    @Test
    void acceptsTheLongestFrameAndRefusesALongerOne() throws IOException {
        writeAll(frame(bytes(Loopback.MAX_FRAME, 1)));
        loopback.until(() -> server.frames.size() == 1);
        assertThat(server.count("closed")).isZero();

        writeAll(length(Loopback.MAX_FRAME + 1));
        assertBadFrame();
    }

    @Test
    void refusesAFrameThatIsLongerThanExpectedByNow() throws IOException {
        Connection accepted = server.first("accepted");
        accepted.expectAtMost(100);
        writeAll(frame(bytes(100, 1)));
        loopback.until(() -> server.frames.size() == 1);
        accepted.expectAtMost(200);
        writeAll(frame(bytes(200, 1)));
        loopback.until(() -> server.frames.size() == 2);
        assertThat(server.count("closed")).isZero();

        writeAll(length(201));
        assertBadFrame();
    }

    @Test
    void refusesLengthsThatAreNone() throws IOException {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            try (Socket bad = connect()) {
                server.events.clear();
                bad.getOutputStream().write(length(length));
                loopback.until(() -> server.count("closed") == 1);
                assertThat(server.detail("closed")).isEqualTo(Closing.BAD_FRAME);
            }
        }
    }

    @Test
    void refusesAnotherProtocol() throws IOException {
        writeAll("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

        assertBadFrame();
    }

    @Test
    void handsOverTheGoodFramesBeforeABadOne() throws IOException {
        writeAll(concat(frame(bytes(10, 1)), length(0), frame(bytes(10, 2))));

        assertBadFrame();
        assertThat(server.frames).containsExactly(bytes(10, 1));
    }

    @Test
    void survivesRandomBytesAndServesTheOthers() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 50; i++) {
            try (Socket bad = connect()) {
                byte[] noise = new byte[1 + random.nextInt(1_000)];
                random.nextBytes(noise);
                noise[0] |= (byte) 0x80;
                bad.getOutputStream().write(noise);
                int closed = i + 1;
                loopback.until(() -> noise.length < 4 || server.count("closed") == closed);
            }
            int closed = i + 1;
            loopback.until(() -> server.count("closed") == closed);
        }
        writeAll(frame(bytes(10, 1)));
        loopback.until(() -> server.frames.size() == 1);

        assertThat(server.frames).containsExactly(bytes(10, 1));
    }

    @Test
    void tellsAResetFromTheEndOfTheStream() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.detail("closed")).isEqualTo(Closing.RESET);
    }

    @Test
    void tellsTheEndOfTheStreamWithinAFrame() throws IOException {
        peer.getOutputStream().write(new byte[] {0, 0});
        peer.close();
        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.detail("closed")).isEqualTo(Closing.END_OF_STREAM);
        assertThat(server.frames).isEmpty();
    }

    @Test
    void holdsNoMemoryForConnectionsThatOnlyClaimLongFrames() throws IOException {
        Socket[] sockets = new Socket[200];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = connect();
            sockets[i].getOutputStream().write(length(Loopback.MAX_FRAME));
        }
        writeAll(frame(bytes(10, 1)));
        loopback.until(() -> server.frames.size() == 1);
        while (listening.poll(0)) {}

        assertThat(((NioTransport) listening).gatheringBytes()).isZero();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket connect() throws IOException {
        int accepted = server.count("accepted") + 1;
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Loopback.port(listening));
        loopback.until(() -> server.count("accepted") == accepted);
        return socket;
    }

    /** Writes on a thread of its own, since the other end reads on this one. */
    private void writeAll(byte[] bytes) {
        var writer = new Thread(() -> {
            try {
                OutputStream out = peer.getOutputStream();
                out.write(bytes);
            } catch (IOException e) {
                // The other end closes it when it does not like what it gets.
            }
        });
        writer.start();
        loopback.until(() -> !writer.isAlive());
    }

    private void assertBadFrame() {
        loopback.until(() -> server.count("closed") == 1);
        assertThat(server.detail("closed")).isEqualTo(Closing.BAD_FRAME);
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    private static byte[] frame(byte[] content) {
        return ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
