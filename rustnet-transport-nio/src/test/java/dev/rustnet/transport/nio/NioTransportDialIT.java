package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** How a dial ends. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class NioTransportDialIT {
    private final Loopback loopback = new Loopback();
    private final RecordingHandler server = new RecordingHandler();
    private final RecordingHandler client = new RecordingHandler();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        Transport dialling = loopback.open(client);
        String address = "127.0.0.1:" + unusedPort();

        Connection connection = dialling.dial(address);
        loopback.until(() -> client.count("dialFailed") == 1);

        assertThat(client.first("dialFailed")).isSameAs(connection);
        assertThat(client.detail("dialFailed").toString()).startsWith("REFUSED " + address);
        assertThat(connection.idle()).isFalse();
    }

    @Test
    void saysThatAnAddressIsNone() {
        Transport dialling = loopback.open(client);

        for (String address : List.of("", "nowhere", ":80", "host:", "host:x", "host:70000", "host:-1")) {
            dialling.dial(address);
        }
        loopback.until(() -> client.count("dialFailed") == 7);

        assertThat(client.events).allSatisfy(event -> assertThat(event.detail().toString())
                .startsWith("UNRESOLVED \"")
                .contains("is not host:port"));
    }

    @Test
    void saysThatANameCannotBeResolved() {
        loopback.resolver = host -> {
            throw new UnknownHostException(host);
        };
        Transport dialling = loopback.open(client);

        dialling.dial("nobody.example:8888");
        loopback.until(() -> client.count("dialFailed") == 1);

        assertThat(client.detail("dialFailed").toString())
                .isEqualTo("UNRESOLVED nobody.example cannot be resolved: nobody.example");
    }

    @Test
    void resolvesANameAnewAtEachDial() {
        List<String> asked = new ArrayList<>();
        loopback.resolver = host -> {
            asked.add(host);
            return List.of(InetAddress.getLoopbackAddress());
        };
        Transport listening = loopback.open(server);
        String address = "peer.example:" + Loopback.port(listening);

        listening.dial(address);
        listening.dial(address);
        loopback.until(() -> server.count("opened") == 2);

        assertThat(asked).containsExactly("peer.example", "peer.example");
        assertThat(server.first("opened").remoteAddress()).isEqualTo(address);
    }

    @Test
    void triesAllAddressesOfAName() throws IOException {
        loopback.resolver = host -> List.of(local(2), local(1));
        Transport listening = loopback.open(server);

        listening.dial("peer.example:" + Loopback.port(listening));
        loopback.until(() -> server.count("opened") + server.count("dialFailed") == 1);

        assertThat(server.count("opened")).isEqualTo(1);
    }

    @Test
    void namesAllAddressesThatFailed() throws IOException {
        loopback.resolver = host -> List.of(local(2), local(1));
        Transport dialling = loopback.open(client);

        dialling.dial("peer.example:" + unusedPort());
        loopback.until(() -> client.count("dialFailed") == 1);

        assertThat(client.detail("dialFailed").toString())
                .startsWith("REFUSED")
                .contains("127.0.0.1")
                .contains("127.0.0.2");
    }

    @Test
    void givesUpWhenTheNameServerDoesNotAnswer() {
        Queue<Runnable> never = new ArrayDeque<>();
        loopback.blocking = never::add;
        loopback.dialTimeout = Duration.ofMillis(5);
        Transport dialling = loopback.open(client);

        dialling.dial("peer.example:8888");
        while (client.events.isEmpty()) {
            dialling.poll(-1);
        }

        assertThat(client.detail("dialFailed").toString()).startsWith("TIMEOUT").contains("name resolution");

        never.remove().run();
        dialling.poll(0);
        assertThat(client.events).hasSize(1);
    }

    @Test
    void givesUpWhenNobodyAnswers() throws IOException {
        // A full queue of connections that nobody accepts: Linux lets further ones wait without an answer.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            loopback.dialTimeout = Duration.ofMillis(100);
            Transport dialling = loopback.open(client);
            for (int i = 0; i < 8; i++) {
                dialling.dial("127.0.0.1:" + full.getLocalPort());
            }
            loopback.until(() -> client.count("opened") + client.count("dialFailed") == 8);
        }

        Assumptions.assumeTrue(client.count("dialFailed") > 0, "this system answers though the queue is full");
        assertThat(client.detail("dialFailed").toString()).startsWith("TIMEOUT 127.0.0.1:");
    }

    @Test
    void failsWhenNothingCanBeResolvedAnyMore() {
        loopback.blocking = task -> {
            throw new RejectedExecutionException();
        };
        Transport dialling = loopback.open(client);

        dialling.dial("peer.example:8888");
        loopback.until(() -> client.count("dialFailed") == 1);

        assertThat(client.detail("dialFailed").toString()).startsWith("FAILED peer.example");
    }

    @Test
    void tellsNothingOfADialThatWasClosed() {
        Queue<Runnable> later = new ArrayDeque<>();
        loopback.blocking = later::add;
        Transport listening = loopback.open(server);

        Connection resolving = listening.dial("localhost:" + Loopback.port(listening));
        Connection connecting = listening.dial(listening.localAddress());
        Connection failing = listening.dial("nowhere");
        resolving.close();
        connecting.close();
        failing.closeAfterSending();
        later.remove().run();
        listening.dial(listening.localAddress());
        loopback.until(() -> server.count("opened") == 1);

        assertThat(server.count("dialFailed")).isZero();
        assertThat(List.of(resolving, connecting, failing))
                .noneMatch(connection -> server.events.stream().anyMatch(event -> event.connection() == connection));
    }

    @Test
    void speaksIpV6() {
        loopback.bind = "[::1]:0";
        Transport listening;
        try {
            listening = loopback.open(server);
        } catch (RuntimeException e) {
            Assumptions.abort("no IPv6 here: " + e.getMessage());
            return;
        }

        assertThat(listening.localAddress()).startsWith("[::1]:");
        Connection connection = listening.dial(listening.localAddress());
        loopback.until(() -> server.count("accepted") == 1 && server.count("opened") == 1);
        Loopback.send(connection, new byte[] {1});
        loopback.until(() -> server.frames.size() == 1);

        assertThat(server.first("accepted").remoteAddress()).startsWith("[");
    }

    /** 127.0.0.x */
    private static InetAddress local(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
