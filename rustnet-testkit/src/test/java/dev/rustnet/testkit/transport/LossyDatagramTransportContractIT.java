package dev.rustnet.testkit.transport;

import com.typesafe.config.ConfigFactory;
import dev.rustnet.testkit.transport.LossyDatagramTransport.Faults;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;

/** At its worst: what the contract asks for must come about with losses of every kind. */
final class LossyDatagramTransportContractIT extends TransportContract {
    private long seed;

    @Override
    protected Transport create() {
        var settings = new TransportProvider.Settings(
                "127.0.0.1:0",
                maxFrameLength(),
                100,
                Duration.ofSeconds(1),
                ConfigFactory.empty(),
                Runnable::run,
                System.getLogger(LossyDatagramTransport.class.getName()));
        return new LossyDatagramTransport(settings, new Faults(++seed, 0.1, 0.05, 0.2));
    }

    @Override
    protected String desertedAddress() {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int maxFrameLength() {
        return 100_000;
    }

    @Override
    protected boolean ordered() {
        return false;
    }

    @Override
    protected boolean lossless() {
        return false;
    }

    @Override
    protected boolean holdsBack() {
        return false;
    }
}
