package dev.rustnet.transport.nio;

import dev.rustnet.testkit.transport.TransportContract;
import dev.rustnet.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;

final class NioTransportContractIT extends TransportContract {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected Transport create() {
        return loopback.transport();
    }

    @Override
    protected int maxFrameLength() {
        return Loopback.MAX_FRAME;
    }

    @Override
    protected String desertedAddress() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
