package dev.rustnet.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler.Closing;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Two transports that talk to each other. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class NioTransportIT {
    private final Loopback loopback = new Loopback();
    private final RecordingHandler server = new RecordingHandler();
    private final RecordingHandler client = new RecordingHandler();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void connectsAndCarriesFramesBothWays() {
        Connection connection = connect();
        Connection accepted = server.first("accepted");

        assertThat(connection.outbound()).isTrue();
        assertThat(accepted.outbound()).isFalse();
        assertThat(accepted.remoteAddress()).startsWith("127.0.0.1:");

        assertThat(Loopback.send(connection, bytes(3, 1), bytes(0, 2), bytes(4, 3)))
                .isTrue();
        assertThat(Loopback.send(accepted, bytes(1, 4))).isTrue();
        loopback.until(() -> server.frames.size() == 1 && client.frames.size() == 1);

        assertThat(server.frames.get(0)).isEqualTo(concat(bytes(3, 1), bytes(4, 3)));
        assertThat(client.frames.get(0)).isEqualTo(bytes(1, 4));
        assertThat(client.count("drained")).isZero();
    }

    @Test
    void tellsNothingBeforePoll() {
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);

        Connection connection = dialling.dial(listening.localAddress());
        dialling.dial("127.0.0.1");

        assertThat(connection.idle()).isFalse();
        assertThat(client.events).isEmpty();
    }

    @Test
    void carriesFramesOfAllSizesUpToTheLongest() {
        Connection connection = connect();
        int[] sizes = {1, 2, 65_535, 65_536, 65_537, 262_140, 262_144, 262_145, 1_000_000, Loopback.MAX_FRAME};

        List<byte[]> sent = new ArrayList<>();
        for (int size : sizes) {
            byte[] frame = bytes(size, size);
            sent.add(frame);
            loopback.until(connection::idle);
            Loopback.send(connection, frame);
        }
        loopback.until(() -> server.frames.size() == sizes.length);

        assertThat(server.frames).containsExactlyElementsOf(sent);
    }

    @Test
    void refusesToSendAFrameThatIsEmptyOrTooLongAndStaysUp() {
        Connection connection = connect();

        assertThatThrownBy(() -> Loopback.send(connection, bytes(Loopback.MAX_FRAME, 1), bytes(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + (Loopback.MAX_FRAME + 1));
        assertThatThrownBy(() -> Loopback.send(connection, bytes(0, 1))).isInstanceOf(IllegalArgumentException.class);
        Loopback.send(connection, bytes(1, 1));
        loopback.until(() -> server.frames.size() == 1);

        assertThat(connection.idle()).isTrue();
    }

    @Test
    void sendsAFrameOfMoreBuffersThanOneSystemCallTakes() {
        Connection connection = connect();
        byte[][] parts = new byte[5_000][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = bytes(i % 40, i);
        }

        Loopback.send(connection, parts);
        loopback.until(() -> server.frames.size() == 1);

        assertThat(server.frames.get(0)).isEqualTo(concat(parts));
    }

    @Test
    void sendsTheRestOfAFrameWhenASlowReaderGoesOn() {
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        Connection connection = dialling.dial(listening.localAddress());
        loopback.until(() -> client.count("opened") == 1);

        int sent = 0;
        boolean left = true;
        while (left) {
            left = Loopback.send(connection, bytes(1_000_000, sent));
            sent++;
        }

        assertThat(connection.idle()).isFalse();
        assertThatThrownBy(() -> connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(1, 1))}, 1))
                .isInstanceOf(IllegalStateException.class);
        dialling.poll(0);
        assertThat(client.count("drained")).isZero();

        loopback.until(() -> client.count("drained") == 1);
        Loopback.send(connection, bytes(10, sent));
        int all = sent + 1;
        loopback.until(() -> server.frames.size() == all);

        for (int i = 0; i < sent; i++) {
            assertThat(server.frames.get(i)).isEqualTo(bytes(1_000_000, i));
        }
        assertThat(server.frames.get(sent)).isEqualTo(bytes(10, sent));
    }

    @Test
    void keepsTheOrderOfManySmallFramesInBothDirectionsAtOnce() {
        Connection connection = connect();
        Connection accepted = server.first("accepted");
        int count = 20_000;

        int[] sent = new int[2];
        loopback.until(() -> {
            sent[0] = sendSome(connection, sent[0], count);
            sent[1] = sendSome(accepted, sent[1], count);
            return server.frames.size() == count && client.frames.size() == count;
        });

        for (int i = 0; i < count; i++) {
            assertThat(ByteBuffer.wrap(server.frames.get(i)).getInt()).isEqualTo(i);
            assertThat(ByteBuffer.wrap(client.frames.get(i)).getInt()).isEqualTo(i);
        }
    }

    @Test
    void reportsTheEndOfTheStreamAfterAllFrames() {
        Connection connection = connect();

        for (int i = 0; i < 100; i++) {
            Loopback.send(connection, bytes(1_000, i));
        }
        connection.close();
        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.frames).hasSize(100);
        assertThat(server.detail("closed")).isEqualTo(Closing.END_OF_STREAM);
        assertThat(server.first("accepted").idle()).isFalse();
        assertThat(client.count("closed")).isZero();
    }

    @Test
    void handsOverWhatWasReceivedBeforeAWriteFailed() {
        Connection connection = connect();
        Connection accepted = server.first("accepted");

        Loopback.send(accepted, bytes(8, 1));
        accepted.close();
        Transport listening = transports().get(0);
        listening.poll(0);
        Transport dialling = transports().get(1);
        // The first is answered with a reset, which a later one notices.
        for (int i = 0; i < 1_000 && connection.idle(); i++) {
            connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(1_000, i))}, 1);
        }
        loopback.until(() -> client.count("closed") == 1, dialling);

        assertThat(client.frames).containsExactly(bytes(8, 1));
        assertThat(client.events.get(client.events.size() - 1).kind()).isEqualTo("closed");
    }

    @Test
    void closesAfterSendingAllThatWaits() {
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        Connection connection = dialling.dial(listening.localAddress());
        loopback.until(() -> client.count("opened") == 1);

        int sent = 0;
        while (connection.idle()) {
            Loopback.send(connection, bytes(1_000_000, sent++));
        }
        connection.closeAfterSending();
        assertThat(connection.idle()).isFalse();
        int all = sent;
        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.frames).hasSize(all);
        assertThat(server.detail("closed")).isEqualTo(Closing.END_OF_STREAM);
        assertThat(client.count("drained")).isZero();
        assertThat(client.count("closed")).isZero();
    }

    @Test
    void closesAfterSendingThoughTheOtherEndSendsWithoutReading() {
        Connection connection = connect();
        Connection accepted = server.first("accepted");

        Loopback.send(accepted, bytes(1_000, 1));
        Loopback.send(connection, bytes(9, 9));
        connection.closeAfterSending();
        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.frames).containsExactly(bytes(9, 9));
        assertThat(server.detail("closed")).isEqualTo(Closing.END_OF_STREAM);
        assertThat(client.frames).isEmpty();
    }

    @Test
    void givesUpClosingInGoodOrderWhenTheOtherEndNeverReads() {
        loopback.overrides = "close-timeout = 20ms";
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        Connection connection = dialling.dial(listening.localAddress());
        loopback.until(() -> client.count("opened") == 1);
        while (connection.idle()) {
            Loopback.send(connection, bytes(1_000_000, 1));
        }

        connection.closeAfterSending();
        loopback.until(() -> ((NioTransport) dialling).connections() == 0, dialling);

        loopback.until(() -> server.count("closed") == 1);
        assertThat(client.count("closed")).isZero();
    }

    @Test
    void sendsWhatIsClosingInGoodOrderWhenTheTransportCloses() {
        Connection connection = connect();

        Loopback.send(connection, bytes(9, 9));
        connection.closeAfterSending();
        transports().get(1).close();
        loopback.until(() -> server.count("closed") == 1, transports().get(0));

        assertThat(server.frames).containsExactly(bytes(9, 9));
        assertThat(server.detail("closed")).isEqualTo(Closing.END_OF_STREAM);
    }

    @Test
    void handsOverNothingOfAConnectionThatItsHandlerCloses() {
        Connection connection = connect();
        server.onReceived = (receiver, frame) -> {
            if (server.frames.size() == 3) {
                receiver.close();
            }
        };

        for (int i = 0; i < 10; i++) {
            Loopback.send(connection, bytes(5, i));
        }
        loopback.until(() -> client.count("closed") == 1);

        assertThat(server.frames).hasSize(3);
        assertThat(server.count("closed")).isZero();
    }

    @Test
    void letsAHandlerDialAndCloseTheTransportFromWithinAnEvent() {
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        client.onReceived = (receiver, frame) -> dialling.close();
        server.onAccepted = accepted -> {
            Loopback.send(accepted, bytes(1, 1));
            Loopback.send(accepted, bytes(1, 2));
        };

        dialling.dial(listening.localAddress());
        loopback.until(() -> server.count("closed") == 1);

        assertThat(client.frames).containsExactly(bytes(1, 1));
        assertThat(dialling.poll(0)).isFalse();
        assertThat(dialling.poll(-1)).isFalse();
    }

    @Test
    void losesNoFrameWhenTheHandlerThrows() {
        Connection connection = connect();
        Transport listening = transports().get(0);
        server.onReceived = (receiver, frame) -> {
            if (server.frames.size() % 3 == 0) {
                throw new IllegalStateException("the handler's error");
            }
        };
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(bytes(1 + i * 100, i));
            Loopback.send(connection, sent.get(i));
        }
        connection.closeAfterSending();

        int[] thrown = new int[1];
        loopback.until(
                () -> {
                    try {
                        listening.poll(1_000_000);
                    } catch (IllegalStateException e) {
                        thrown[0]++;
                    }
                    return server.count("closed") == 1;
                },
                transports().get(1));

        assertThat(thrown[0]).isEqualTo(6);
        assertThat(server.frames).containsExactlyElementsOf(sent);
    }

    @Test
    void losesNoFrameWhenTheBudgetOfAPollIsSpent() {
        loopback.overrides = "poll-budget = 1us";
        Connection connection = connect();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add(bytes(1 + i % 50, i));
            Loopback.send(connection, sent.get(i));
        }
        connection.close();

        loopback.until(() -> server.count("closed") == 1);

        assertThat(server.frames).containsExactlyElementsOf(sent);
    }

    @Test
    void givesEachConnectionItsTurnBeforeAnyHasASecond() {
        loopback.overrides = "poll-budget = 1us, read-buffer = 4KiB";
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            connections.add(dialling.dial(listening.localAddress()));
        }
        loopback.until(() -> server.count("accepted") == 3 && client.count("opened") == 3);
        for (Connection connection : connections) {
            for (int i = 0; i < 8; i++) {
                Loopback.send(connection, bytes(1_000, i));
            }
        }

        loopback.until(() -> server.frames.size() >= 9, listening);

        assertThat(server.of("received").stream()
                        .limit(9)
                        .map(RecordingHandler.Event::connection)
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void remembersAWakeupForTheNextWait() {
        Transport transport = loopback.open(server);

        transport.wakeup();
        transport.poll(0);

        assertThat(transport.poll(-1)).isFalse();
    }

    @Test
    void saysWhetherAnEventWasHandedOver() {
        Connection connection = connect();
        Transport listening = transports().get(0);

        assertThat(listening.poll(0)).isFalse();
        Loopback.send(connection, bytes(1, 1));
        boolean event = false;
        while (server.frames.isEmpty()) {
            event = listening.poll(-1);
        }

        assertThat(event).isTrue();
    }

    @Test
    void refusesToPollWithinAPoll() {
        Connection connection = connect();
        Transport listening = transports().get(0);
        List<Throwable> errors = new ArrayList<>();
        server.onReceived = (receiver, frame) -> {
            try {
                listening.poll(0);
            } catch (IllegalStateException e) {
                errors.add(e);
            }
        };

        Loopback.send(connection, bytes(1, 1));
        loopback.until(() -> server.frames.size() == 1);

        assertThat(errors).hasSize(1);
    }

    private List<Transport> transports() {
        return loopback.transports();
    }

    private Connection connect() {
        Transport listening = loopback.open(server);
        Transport dialling = loopback.open(client);
        Connection connection = dialling.dial(listening.localAddress());
        loopback.until(() -> server.count("accepted") == 1 && client.count("opened") == 1);
        assertThat(client.first("opened")).isSameAs(connection);
        return connection;
    }

    private static int sendSome(Connection connection, int from, int end) {
        int next = from;
        while (next < end && connection.idle()) {
            Loopback.send(connection, ByteBuffer.allocate(100).putInt(next).array());
            next++;
        }
        return next;
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
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
}
