package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import dev.rustnet.transport.TransportException;
import dev.rustnet.transport.TransportException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Listening, accepting, and what is left afterwards. */
final class NioTransportListenIT {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Loopback loopback = new Loopback();
    private final RecordingHandler server = new RecordingHandler();
    private final RecordingHandler client = new RecordingHandler();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void listensOnAllAddresses() {
        for (String host : List.of("0.0.0.0", "::", "[::]")) {
            loopback.bind = host + ":0";
            Transport listening = loopback.open(server);

            assertThat(listening.localAddress()).startsWith(host.equals("0.0.0.0") ? "0.0.0.0:" : "[::]:");
            int before = server.count("opened");
            listening.dial("127.0.0.1:" + Loopback.port(listening));
            loopback.until(() -> server.count("opened") == before + 1);
        }
    }

    @Test
    void listensOnAName() {
        loopback.bind = "localhost:0";
        Transport listening = loopback.open(server);

        assertThat(listening.localAddress()).startsWith("localhost:");
        listening.dial(listening.localAddress());
        loopback.until(() -> server.count("opened") == 1);
    }

    @Test
    void saysThatThePortIsInUse() {
        Transport first = loopback.open(server);
        loopback.bind = first.localAddress();

        assertFailure(Reason.ADDRESS_IN_USE, first.localAddress() + ": another program has this port");
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine() {
        loopback.bind = "192.0.2.1:0";

        assertFailure(Reason.NOT_LOCAL, "192.0.2.1:0: 192.0.2.1 is not an address of this machine");
    }

    @Test
    void saysThatTheAddressIsNone() {
        loopback.bind = "8888";
        assertFailure(Reason.NOT_LOCAL, "Cannot listen on \"8888\": it is not host:port");

        loopback.bind = "no.such.host.invalid:8888";
        assertFailure(Reason.NOT_LOCAL, "Cannot listen on no.such.host.invalid:8888: the name cannot be resolved");
    }

    @Test
    void isOpenedOnce() {
        Transport transport = loopback.open(server);

        assertThatThrownBy(() -> transport.open(server)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void canBeClosedUnopenedAndTwice() {
        Transport transport = loopback.transport();

        transport.wakeup();
        transport.close();
        transport.close();
        transport.wakeup();

        assertThatThrownBy(() -> transport.open(server)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesConnectionsBeyondTheMostAllowedAndTakesNewOnesLater() {
        loopback.maxConnections = 2;
        Transport listening = loopback.open(server);
        loopback.maxConnections = 10;
        Transport dialling = loopback.open(client);

        List<Connection> dialled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            dialled.add(dialling.dial(listening.localAddress()));
        }
        loopback.until(() -> client.count("opened") == 4 && client.count("closed") == 2);

        assertThat(server.count("accepted")).isEqualTo(2);
        assertThat(loopback.log.lines)
                .singleElement()
                .asString()
                .startsWith("RN-037")
                .contains("2 are open already");

        dialled.forEach(Connection::close);
        loopback.until(() -> server.count("closed") == 2);
        dialling.dial(listening.localAddress());
        loopback.until(() -> server.count("accepted") == 3);
    }

    @Test
    void aConnectionThatIsClosingInGoodOrderGivesWayToANewOne() throws IOException {
        loopback.maxConnections = 2;
        Transport listening = loopback.open(server);
        InetAddress here = InetAddress.getLoopbackAddress();

        try (Socket first = new Socket(here, Loopback.port(listening));
                Socket second = new Socket(here, Loopback.port(listening))) {
            loopback.until(() -> server.count("accepted") == 2);
            server.first("accepted").closeAfterSending();
            try (Socket third = new Socket(here, Loopback.port(listening))) {
                loopback.until(() -> server.count("accepted") == 3);

                assertThat(first.getInputStream().read()).isEqualTo(-1);
                assertThat(second.isConnected()).isTrue();
                assertThat(third.isConnected()).isTrue();
                assertThat(((NioTransport) listening).connections()).isEqualTo(2);
            }
        }
        assertThat(loopback.log.lines).isEmpty();
    }

    @Test
    void leavesNoDescriptorsOfAThousandConnections() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "no list of open descriptors here");
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        connectAndClose(dialling, listening, 10);
        long before = descriptors();

        for (int i = 0; i < 10; i++) {
            connectAndClose(dialling, listening, 100);
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before);
        assertThat(((NioTransport) listening).connections()).isZero();
        assertThat(((NioTransport) dialling).connections()).isZero();
    }

    @Test
    void leavesNoDescriptorsOfTransportsThatWereClosedWithOpenConnections() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "no list of open descriptors here");
        Transport warmUp = loopback.open(server);
        warmUp.dial(warmUp.localAddress());
        loopback.until(() -> server.count("opened") == 1);
        warmUp.close();
        loopback.transports().clear();
        long before = descriptors();

        for (int i = 0; i < 100; i++) {
            Transport transport = loopback.open(server);
            int opened = server.count("opened") + 1;
            transport.dial(transport.localAddress());
            loopback.until(() -> server.count("opened") == opened);
            transport.dial(transport.localAddress());
            transport.close();
            loopback.transports().clear();
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private void connectAndClose(Transport dialling, Transport listening, int count) {
        int opened = client.count("opened");
        int closed = server.count("closed");
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(dialling.dial(listening.localAddress()));
        }
        loopback.until(() -> client.count("opened") == opened + count);
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                connections.get(i).close();
            } else {
                connections.get(i).closeAfterSending();
            }
        }
        loopback.until(() -> server.count("closed") == closed + count && ((NioTransport) dialling).connections() == 0);
        // Descriptors are given back by the wait that follows.
        listening.poll(0);
        dialling.poll(0);
    }

    /** Sockets and what selectors need; not the files that Java itself opens when it comes to them, such as jars. */
    private static long descriptors() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path each : all) {
                count += isFile(each) ? 0 : 1;
            }
        }
        return count;
    }

    private static boolean isFile(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).startsWith("/");
        } catch (NoSuchFileException e) {
            return true; // the one with which the list is read
        }
    }

    private void assertFailure(Reason reason, String message) {
        var error = catchThrowableOfType(TransportException.class, () -> loopback.open(server));

        assertThat(error).hasMessageContaining(message);
        assertThat(error.reason()).isEqualTo(reason);
        loopback.transports().clear();
    }
}
