package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportProvider;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Transports on the loopback interface, polled by hand. */
final class Loopback implements AutoCloseable {
    static final int MAX_FRAME = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STEP_NANOS = 2_000_000;

    private final List<Transport> transports = new ArrayList<>();
    final LogLines log = new LogLines();
    String bind = "127.0.0.1:0";
    int maxFrame = MAX_FRAME;
    int maxConnections = 10_000;
    Duration dialTimeout = Duration.ofSeconds(20);
    Executor blocking = Runnable::run;
    Dial.Resolver resolver = host -> List.of(InetAddress.getAllByName(host));
    String overrides = "";

    static Config config(String overrides) {
        return ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("reference.conf").getConfig("rustnet.transport.nio"));
    }

    Transport transport() {
        var settings = new TransportProvider.Settings(
                bind, maxFrame, maxConnections, dialTimeout, config(overrides), blocking, log);
        return new NioTransport(settings, System::nanoTime, resolver);
    }

    Transport open(RecordingHandler handler) {
        Transport transport = transport();
        transports.add(transport);
        transport.open(handler);
        return transport;
    }

    List<Transport> transports() {
        return transports;
    }

    /** Polls all transports until it holds. */
    void until(BooleanSupplier condition) {
        until(condition, transports);
    }

    void until(BooleanSupplier condition, Transport... polled) {
        until(condition, List.of(polled));
    }

    private static void until(BooleanSupplier condition, List<Transport> polled) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            boolean any = false;
            for (Transport transport : polled) {
                any |= transport.poll(0);
            }
            if (!any && !polled.isEmpty()) {
                polled.get(0).poll(STEP_NANOS);
            }
            if (System.nanoTime() - end > 0) {
                fail("it did not happen within " + PATIENCE);
            }
        }
    }

    static boolean send(Connection connection, byte[]... parts) {
        assertThat(connection.idle()).isTrue();
        ByteBuffer[] buffers = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            buffers[i] = ByteBuffer.wrap(parts[i]);
        }
        return connection.send(buffers, buffers.length);
    }

    static int port(Transport transport) {
        return HostPort.parse(transport.localAddress()).port();
    }

    @Override
    public void close() {
        transports.forEach(Transport::close);
    }
}
