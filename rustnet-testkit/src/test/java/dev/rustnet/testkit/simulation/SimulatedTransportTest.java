package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.testkit.simulation.SimulatedNetwork.LinkState;
import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.TransportException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedTransportTest {
    private static final int MAX_FRAME = 1_000;

    /** A process that polls as soon as there is something, and notes what it is told. */
    private static final class Host implements ConnectionHandler {
        private final SimulatedTransport transport;
        private final List<String> seen = new ArrayList<>();
        private final List<Connection> connections = new ArrayList<>();
        private boolean polling = true;
        private ByteBuffer lastFrame = ByteBuffer.allocate(0);

        Host(SimulatedNetwork network, Scheduler scheduler, String name) {
            network.addHost(name);
            transport = new SimulatedTransport(
                    network,
                    name + ":1",
                    MAX_FRAME,
                    Duration.ofSeconds(3),
                    () -> scheduler.after(0, this::poll),
                    () -> {});
            transport.open(this);
        }

        void poll() {
            if (polling) {
                transport.poll(0);
            }
        }

        @Override
        public void accepted(Connection connection) {
            seen.add("accepted");
            connections.add(connection);
        }

        @Override
        public void opened(Connection connection) {
            seen.add("opened");
            connections.add(connection);
        }

        @Override
        public void dialFailed(Connection connection, DialFailure failure, String detail) {
            seen.add("dial " + failure);
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            lastFrame = frame;
            seen.add(String.valueOf(frame.get()));
        }

        @Override
        public void drained(Connection connection) {
            seen.add("drained");
        }

        @Override
        public void closed(Connection connection, Closing closing, String detail) {
            seen.add("closed " + closing);
        }

        Connection connection() {
            return connections.get(connections.size() - 1);
        }

        boolean send(int... bytes) {
            boolean left = true;
            for (int value : bytes) {
                left = connection().send(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {(byte) value, 7})}, 1);
            }
            return left;
        }
    }

    private final Scheduler scheduler = new Scheduler(1);
    private SimulatedNetwork network = network(NetworkOptions.lan(), 1);
    private Host first = new Host(network, scheduler, "first");
    private Host second = new Host(network, scheduler, "second");

    private SimulatedNetwork network(NetworkOptions options, long seed) {
        return new SimulatedNetwork(scheduler, options, new Trace(0), new RunObserver() {}, seed);
    }

    private void use(NetworkOptions options, long seed) {
        network = network(options, seed);
        first = new Host(network, scheduler, "first");
        second = new Host(network, scheduler, "second");
    }

    private void connect() {
        first.transport.dial("second:1");
        settle();
        first.seen.clear();
        second.seen.clear();
    }

    /** Lets all happen that is due within ten seconds. */
    private void settle() {
        long until = scheduler.nowNanos() + Duration.ofSeconds(10).toNanos();
        while (scheduler.nextNanos() <= until) {
            scheduler.step();
        }
        scheduler.advanceTo(until);
    }

    @Test
    void aDialEndsInOneConnection() {
        Connection dialled = first.transport.dial("second:1");
        settle();

        assertThat(first.seen).containsExactly("opened");
        assertThat(second.seen).containsExactly("accepted");
        assertThat(first.connection()).isSameAs(dialled);
        assertThat(dialled.outbound()).isTrue();
        assertThat(second.connection().outbound()).isFalse();
    }

    @Test
    void framesArriveInOrderInBothDirections() {
        connect();

        first.send(1, 2, 3, 4, 5);
        second.send(6, 7, 8);
        settle();

        assertThat(second.seen).containsExactly("1", "2", "3", "4", "5");
        assertThat(first.seen).containsExactly("6", "7", "8");
    }

    @Test
    void nothingIsHandedOverOutsideOfPoll() {
        connect();
        second.polling = false;

        first.send(1);
        settle();

        assertThat(second.seen).isEmpty();
        second.transport.poll(0);
        assertThat(second.seen).containsExactly("1");
    }

    @Test
    void aDialFindsNobodyOrNoHostOrNoAnswer() {
        first.transport.dial("second:2");
        first.transport.dial("third:1");
        settle();
        assertThat(first.seen).containsExactlyInAnyOrder("dial REFUSED", "dial UNRESOLVED");

        network.setState("second", "first", LinkState.SWALLOWING);
        first.transport.dial("second:1");
        settle();
        assertThat(first.seen).endsWith("dial TIMEOUT").hasSize(3);
    }

    @Test
    void aPartitionSwallowsWithoutAReset() {
        connect();
        network.setState("first", "second", LinkState.SWALLOWING);

        first.send(1, 2);
        second.send(3);
        settle();
        network.heal();
        first.send(4);
        settle();

        assertThat(second.seen).containsExactly("4");
        assertThat(first.seen).containsExactly("3");
    }

    @Test
    void aStalledLinkHandsOverLaterAndInOrder() {
        connect();
        network.setState("first", "second", LinkState.HOLDING);

        first.send(1, 2, 3);
        settle();
        assertThat(second.seen).isEmpty();
        network.heal();
        first.send(4);
        settle();

        assertThat(second.seen).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aResetReachesBothEndsAndLosesASuffixOnly() {
        for (int seed = 1; seed <= 50; seed++) {
            use(NetworkOptions.rough(), seed);
            connect();

            List<String> sent = new ArrayList<>();
            for (int i = 1; i <= 20 && first.connection().idle(); i++) {
                first.send(i);
                sent.add(String.valueOf(i));
            }
            network.reset("first", "second", false);
            settle();

            assertThat(first.seen).endsWith("closed RESET");
            List<String> arrived = second.seen.stream()
                    .filter(seen -> !seen.startsWith("closed"))
                    .toList();
            assertThat(second.seen).endsWith("closed RESET").hasSize(arrived.size() + 1);
            assertThat(arrived).isEqualTo(sent.subList(0, arrived.size()));
        }
    }

    @Test
    void aHalfOpenConnectionEndsWhenTheOtherEndSends() {
        connect();

        network.reset("first", "second", true);
        settle();
        assertThat(first.seen).containsExactly("closed RESET");
        assertThat(second.seen).isEmpty();
        second.send(1);
        settle();

        assertThat(second.seen).containsExactly("closed RESET");
    }

    @Test
    void anEndIsKnownOnlyOncePollHasReportedIt() {
        connect();
        first.polling = false;

        network.reset("first", "second", false);
        settle();
        assertThat(first.connection().idle()).isTrue();
        first.send(1);
        first.polling = true;
        first.poll();

        assertThat(first.seen).containsExactly("closed RESET");
        assertThat(first.connection().idle()).isFalse();
        assertThat(second.seen).containsExactly("closed RESET");
    }

    @Test
    void aCloseArrivesAfterWhatWasSent() {
        connect();

        first.send(1, 2);
        first.connection().close();
        settle();

        assertThat(second.seen).containsExactly("1", "2", "closed END_OF_STREAM");
        assertThat(first.seen).isEmpty();
        assertThat(second.connection().idle()).isFalse();
    }

    @Test
    void aFullBufferRefusesAndDrainsLater() {
        use(NetworkOptions.lan().withWriteBuffer(3), 1);
        connect();
        second.polling = false;

        assertThat(first.send(1)).isTrue();
        assertThat(first.send(2)).isFalse();
        settle();
        assertThat(first.seen).isEmpty();
        assertThat(first.connection().idle()).isFalse();
        assertThatThrownBy(() -> first.send(3)).isInstanceOf(IllegalStateException.class);
        second.polling = true;
        second.poll();
        settle();

        assertThat(first.seen).containsExactly("drained");
        assertThat(first.connection().idle()).isTrue();
        assertThat(second.seen).containsExactly("1", "2");
    }

    @Test
    void closesAfterSendingWhatWaits() {
        use(NetworkOptions.lan().withWriteBuffer(1), 1);
        connect();

        first.send(1);
        first.connection().closeAfterSending();
        settle();

        assertThat(second.seen).containsExactly("1", "closed END_OF_STREAM");
        assertThat(first.seen).isEmpty();
    }

    @Test
    void aFrameThatIsTooLongEndsTheConnection() {
        connect();

        first.connection().send(new ByteBuffer[] {ByteBuffer.allocate(MAX_FRAME + 1)}, 1);
        settle();

        assertThat(second.seen).containsExactly("closed BAD_FRAME");
        assertThat(first.seen).containsExactly("closed RESET");
    }

    @Test
    void theOthersLearnOfAKilledProcessAndNotOfAVanishedHost() {
        connect();
        second.transport.crash(false);
        settle();
        assertThat(first.seen).hasSize(1).allMatch(seen -> seen.startsWith("closed"));
        first.transport.dial("second:1");
        settle();
        assertThat(first.seen).endsWith("dial REFUSED");

        use(NetworkOptions.lan(), 2);
        connect();
        second.transport.crash(true);
        first.send(1);
        first.transport.dial("second:1");
        settle();
        assertThat(first.seen).containsExactly("dial TIMEOUT");
    }

    @Test
    void datagramsAreLostDuplicatedAndReordered() {
        use(NetworkOptions.datagrams().withWriteBuffer(1 << 20), 3);
        first.transport.dial("second:1");
        settle();
        second.seen.clear();

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            while (!first.connection().idle()) {
                scheduler.step();
            }
            first.send(i);
            sent.add(String.valueOf(i));
        }
        settle();

        assertThat(new HashSet<>(sent)).as("none is invented").containsAll(second.seen);
        assertThat(second.seen).as("some are lost").doesNotContainSequence(sent);
        assertThat(new HashSet<>(second.seen)).hasSizeLessThan(sent.size());
        assertThat(second.seen).as("some come twice").hasSizeGreaterThan(new HashSet<>(second.seen).size());
        List<Integer> numbers =
                second.seen.stream().distinct().map(Integer::valueOf).toList();
        assertThat(numbers)
                .as("some overtake")
                .isNotEqualTo(numbers.stream().sorted().toList());
    }

    @Test
    void aFrameIsCopiedWhenItIsSentAndSpoiltOnceItWasReceived() {
        connect();
        byte[] mine = {1, 2};

        first.connection().send(new ByteBuffer[] {ByteBuffer.wrap(mine)}, 1);
        mine[0] = 9;
        settle();

        assertThat(second.seen).containsExactly("1");
        assertThat(second.lastFrame.get(0)).isEqualTo((byte) 0xDB);
    }

    @Test
    void oneAddressHasOneListener() {
        SimulatedTransport other =
                new SimulatedTransport(network, "first:1", MAX_FRAME, Duration.ofSeconds(3), () -> {}, () -> {});

        assertThatThrownBy(() -> other.open(first)).isInstanceOf(TransportException.class);
        first.transport.close();
        other.open(first);
        assertThat(other.localAddress()).isEqualTo("first:1");
    }
}
