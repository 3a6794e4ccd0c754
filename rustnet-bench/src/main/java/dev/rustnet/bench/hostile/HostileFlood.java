package dev.rustnet.bench.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Connections that say what is no frame, or nothing; each is kept until the node ends it. */
final class HostileFlood {
    /** How many kinds there are. */
    static final int KINDS = 9;

    /** Not more at once than may be open at an attacker. */
    private static final int AT_ONCE = 250;

    private final int port;
    private final int each;
    private final Random random = new Random(1);

    /** @param each how many connections of each kind */
    HostileFlood(int port, int each) {
        this.port = port;
        this.each = each;
    }

    /** Returns when all have been ended. */
    void run() {
        for (int kind = 0; kind < KINDS; kind++) {
            for (int left = each; left > 0; left -= AT_ONCE) {
                attack(kind, Math.min(left, AT_ONCE));
            }
        }
    }

    private void attack(int kind, int count) {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                say(socket, bytes(kind), kind == KINDS - 1);
            }
            for (Socket socket : sockets) {
                awaitEnd(socket);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(Socket socket, byte[] bytes, boolean andNoMore) {
        try {
            socket.getOutputStream().write(bytes);
            if (andNoMore) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // The node was quicker.
        }
    }

    private static void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {}
        } catch (IOException e) {
            // Reset, which is an end, too.
        }
    }

    private byte[] bytes(int kind) {
        return switch (kind) {
            case 0 -> length(0);
            case 1 -> length(-1);
            case 2 -> length(Integer.MAX_VALUE);
            case 3 -> length(16 << 20);
            case 4 -> noise();
            case 5 -> "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            case 6 -> ByteBuffer.allocate(104).putInt(100).put((byte) 2).array(); // a hello that is none
            case 7 -> new byte[0]; // silent
            default -> ByteBuffer.allocate(100).putInt(1_000).array(); // cut short
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[1_000];
        random.nextBytes(noise);
        noise[0] |= 1; // never a length that is possible
        return noise;
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
