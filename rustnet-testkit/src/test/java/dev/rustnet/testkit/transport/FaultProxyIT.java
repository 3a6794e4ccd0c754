package dev.rustnet.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.testkit.transport.FaultProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Plain sockets at both ends of the proxy. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class FaultProxyIT {
    /** How long to listen for what must not come. */
    private static final int SHORT_MILLIS = 50;

    private final FaultProxy proxy = FaultProxy.open();
    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy.target("127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
        client.close();
        if (accepted != null) {
            accepted.close();
        }
    }

    @Test
    void passesOnBothWaysAndTheEndOfEach() throws IOException {
        connect();

        send(client, 1, 2, 3);
        assertThat(receive(accepted, 3)).containsExactly(1, 2, 3);
        send(accepted, 4, 5);
        assertThat(receive(client, 2)).containsExactly(4, 5);
        client.shutdownOutput();
        assertThat(accepted.getInputStream().read()).isNegative();
        send(accepted, 6);
        assertThat(receive(client, 1)).containsExactly(6);
        accepted.close();
        assertThat(client.getInputStream().read()).isNegative();

        await(() -> proxy.connected() == 0);
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(proxy.resets()).isZero();
    }

    @Test
    void turnsAwayWhoeverDialsWithoutATarget() throws IOException {
        try (FaultProxy alone = FaultProxy.open()) {
            client = dial(alone);

            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    @Test
    void resetsAtTheByte() throws IOException {
        proxy.resetAfter(() -> 5);
        connect();

        send(client, 1, 2, 3);
        assertThat(receive(accepted, 3)).containsExactly(1, 2, 3);
        send(accepted, 4, 5);

        assertReset(client);
        assertReset(accepted);
        assertThat(proxy.resets()).isEqualTo(1);
        assertThat(proxy.connected()).isZero();
    }

    @Test
    void letsNothingThroughBehindTheByteAtWhichItResets() throws IOException {
        proxy.resetAfter(() -> 2);
        connect();

        send(client, 1, 2, 3, 4);

        // A reset may also overtake the two.
        assertThatThrownBy(() -> receive(accepted, 3)).isInstanceOf(SocketException.class);
    }

    @Test
    void resetsOnDemand() throws IOException {
        connect();

        proxy.reset();

        assertReset(client);
        assertReset(accepted);
    }

    @Test
    void keepsWhatItSwallowsAlsoAfterHealingAndTellsNobody() throws IOException {
        connect();
        proxy.swallow(Direction.TO_TARGET);

        send(client, 1, 2, 3);
        await(() -> proxy.swallowedBytes() == 3);
        proxy.heal();
        send(client, 4);
        await(() -> proxy.swallowedBytes() == 4);
        send(accepted, 5);

        assertThat(receive(client, 1)).containsExactly(5);
        client.close();
        assertNothingComes(accepted);
    }

    @Test
    void swallowsNothingOfAConnectionThatBeginsAfterHealing() throws IOException {
        proxy.swallow(Direction.TO_TARGET);
        proxy.heal();
        connect();

        send(client, 1);

        assertThat(receive(accepted, 1)).containsExactly(1);
    }

    @Test
    void holdsBackWhatIsStalledAndLosesNothing() throws IOException {
        connect();
        proxy.stall(Direction.TO_TARGET);

        send(client, 1, 2, 3);
        assertNothingComes(accepted);
        send(accepted, 9);
        assertThat(receive(client, 1)).containsExactly(9);
        proxy.heal();

        assertThat(receive(accepted, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void letsBytesTrickle() throws IOException {
        proxy.trickle();
        connect();
        byte[] all = new byte[2_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        client.getOutputStream().write(all);

        assertThat(receive(accepted, all.length)).isEqualTo(all);
    }

    @Test
    void injectsBytesIntoEitherWay() throws IOException {
        connect();

        send(client, 1);
        assertThat(receive(accepted, 1)).containsExactly(1);
        proxy.inject(Direction.TO_TARGET, new byte[] {7});
        proxy.inject(Direction.FROM_TARGET, new byte[] {8});

        assertThat(receive(accepted, 1)).containsExactly(7);
        assertThat(receive(client, 1)).containsExactly(8);
    }

    @Test
    void recordsAndReplays() throws IOException {
        proxy.record();
        connect();
        send(client, 1, 2, 3);
        receive(accepted, 3);
        send(accepted, 9);
        receive(client, 1);

        assertThat(proxy.recordings()).containsExactly(new byte[] {1, 2, 3});
        var answering = new Thread(() -> {
            try (Socket again = server.accept()) {
                send(again, again.getInputStream().readAllBytes().length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        answering.start();

        assertThat(proxy.replay(proxy.recordings().get(0))).containsExactly(3);
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        connect();
        proxy.stall(Direction.TO_TARGET);
        send(client, 1);
        String port = proxy.address().substring(proxy.address().lastIndexOf(':') + 1);
        assertThat(threads()).anyMatch(name -> name.startsWith("fault-proxy-" + port));

        proxy.close();
        proxy.close();

        assertThat(threads()).noneMatch(name -> name.startsWith("fault-proxy-" + port));
        assertThatThrownBy(() -> dial(proxy)).isInstanceOf(IOException.class);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private void connect() throws IOException {
        client = dial(proxy);
        accepted = server.accept();
        await(() -> proxy.connected() == 1);
    }

    private static Socket dial(FaultProxy proxy) throws IOException {
        String address = proxy.address();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private static void send(Socket socket, int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        socket.getOutputStream().write(all);
    }

    private static byte[] receive(Socket socket, int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
