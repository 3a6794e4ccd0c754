package dev.rustnet.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * What every {@link Transport} must hold, whatever it is made of. Extend it in a JUnit test, say how to {@link #create} one,
 * and what it promises beyond fair loss. In every test,
 * events must come from within a poll alone, and a poll must say that it handed some over.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class TransportContract {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long WAIT_NANOS = 1_000_000;
    /** How often to look before a frame that may be lost is sent again. */
    private static final int LOOKS_BEFORE_SENDING_AGAIN = 20;

    // State
    private final List<PolledTransport> opened = new ArrayList<>();

    /** A transport that is not open and will listen on a free address of its own. */
    protected abstract Transport create();

    /** An address that can be reached, where nobody listens. */
    protected abstract String desertedAddress();

    /** The longest frame that transports made by {@link #create} take; at least 65,537 bytes. */
    protected int maxFrameLength() {
        return 1024 * 1024;
    }

    /** Whether frames of one connection arrive in the order of sending. */
    protected boolean ordered() {
        return true;
    }

    /** Whether each frame of one connection arrives, once, until the connection ends. */
    protected boolean lossless() {
        return true;
    }

    /** Whether a receiver that does not poll holds its sender back sooner or later. */
    protected boolean holdsBack() {
        return true;
    }

    /** Lets time go on, where it does not by itself. */
    protected void pass() {}

    @AfterEach
    final void closeAll() {
        opened.forEach(PolledTransport::close);
    }

    // Connecting

    @Test
    final void aDialIsAnsweredAndAccepted() {
        PolledTransport listening = open();
        PolledTransport dialling = open();

        Connection connection = dialling.dial(listening.localAddress());
        assertFalse(connection.idle());
        until(() -> listening.count("accepted") == 1 && dialling.count("opened") == 1);

        assertSame(connection, dialling.connection("opened"));
        assertTrue(connection.outbound());
        assertTrue(connection.idle());
        assertFalse(connection.remoteAddress().isBlank());
        Connection accepted = listening.connection("accepted");
        assertFalse(accepted.outbound());
        assertTrue(accepted.idle());
        assertFalse(accepted.remoteAddress().isBlank());
    }

    @Test
    final void aDialToNobodyFails() {
        PolledTransport dialling = open();

        Connection connection = dialling.dial(desertedAddress());
        until(() -> dialling.count("dialFailed") == 1);

        assertSame(connection, dialling.connection("dialFailed"));
        assertFalse(connection.idle());
        assertEquals(1, dialling.events().size());
    }

    @Test
    final void aDialToWhatIsNoAddressFailsAndThrowsNothing() {
        PolledTransport dialling = open();

        dialling.dial("this is no address");
        until(() -> dialling.count("dialFailed") == 1);

        assertEquals(1, dialling.events().size());
    }

    @Test
    final void aDialThatIsClosedTellsNothing() {
        PolledTransport listening = open();
        PolledTransport dialling = open();

        dialling.dial(listening.localAddress()).close();
        dialling.dial(desertedAddress()).close();
        // What comes later has come: so has what was before it.
        dialling.dial(listening.localAddress());
        until(() -> dialling.count("opened") == 1);

        assertEquals(1, dialling.events().size());
    }

    @Test
    final void connectionsAreKeptApart() {
        PolledTransport listening = open();
        PolledTransport dialling = open();
        Connection first = dialling.dial(listening.localAddress());
        Connection second = dialling.dial(listening.localAddress());
        until(() -> dialling.count("opened") == 2 && listening.count("accepted") == 2);

        say(first, bytes(10, 1), listening);
        say(second, bytes(10, 2), listening);
        until(() -> listening.has(bytes(10, 1)) && listening.has(bytes(10, 2)));
        first.close();
        say(second, bytes(10, 3), listening);
        until(() -> listening.has(bytes(10, 3)));

        assertSame(listening.from(bytes(10, 2)), listening.from(bytes(10, 3)));
        assertFalse(listening.from(bytes(10, 1)) == listening.from(bytes(10, 2)));
        assertTrue(second.idle());
    }

    // Frames

    @Test
    final void framesOfAllSizesArriveAsTheyWereBothWays() {
        Pair pair = connect();
        int[] sizes = {1, 2, 1_000, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, maxFrameLength()};

        for (int size : sizes) {
            say(pair.connection, bytes(size, size), pair.listening);
            say(pair.accepted, bytes(size, size + 1), pair.dialling);
        }
        until(() -> pair.listening.frames().size() >= sizes.length
                && pair.dialling.frames().size() >= sizes.length);

        for (int size : sizes) {
            assertTrue(
                    pair.listening.has(bytes(size, size)), "a frame of " + size + " bytes has not come as it was sent");
            assertTrue(pair.dialling.has(bytes(size, size + 1)), "a frame of " + size + " bytes has not come back");
        }
    }

    @Test
    final void aFrameConsistsOfTheRemainingBytesOfItsParts() {
        Pair pair = connect();
        byte[] sent = bytes(100, 1);

        boolean[] has = new boolean[1];
        until(() -> {
            if (!has[0] && pair.connection.idle()) {
                has[0] = lossless();
                ByteBuffer[] parts = {
                    ByteBuffer.wrap(sent, 0, 10),
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocateDirect(50).put(sent, 10, 50).flip(),
                    ByteBuffer.wrap(sent).position(60).slice(),
                    ByteBuffer.wrap(bytes(5, 9)),
                };
                pair.connection.send(parts, parts.length - 1);
            }
            return !pair.listening.frames().isEmpty();
        });

        assertArrayEquals(sent, pair.listening.frames().get(0));
    }

    @Test
    final void manySmallFramesArriveBothWaysAtOnce() {
        Pair pair = connect();
        int count = lossless() ? 5_000 : 200;

        int[] next = new int[2];
        if (lossless()) {
            until(() -> {
                next[0] = sendSome(pair.connection, next[0], count);
                next[1] = sendSome(pair.accepted, next[1], count);
                return pair.listening.frames().size() >= count
                        && pair.dialling.frames().size() >= count;
            });
        } else {
            for (int i = 0; i < count; i++) {
                say(pair.connection, number(i), pair.listening);
                say(pair.accepted, number(i), pair.dialling);
            }
        }

        for (PolledTransport each : List.of(pair.listening, pair.dialling)) {
            for (int i = 0; i < count; i++) {
                if (lossless() && ordered()) {
                    assertArrayEquals(number(i), each.frames().get(i));
                } else {
                    assertTrue(each.has(number(i)));
                }
            }
            assertTrue(!lossless() || each.frames().size() == count);
        }
    }

    @Test
    final void whatHasNotLeftAtOnceLeavesLaterAndIsReported() {
        assumeTrue(holdsBack(), "it never holds a sender back");
        Pair pair = connect();
        int length = maxFrameLength();

        int sent = 0;
        boolean left = true;
        while (left) {
            left = pair.connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(length, sent++))}, 1);
        }
        assertFalse(pair.connection.idle());
        assertEquals(0, pair.dialling.count("drained"));
        until(() -> pair.dialling.count("drained") == 1);

        assertTrue(pair.connection.idle());
        int all = sent;
        until(() -> !lossless() || pair.listening.frames().size() == all);
        for (int i = 0; lossless() && ordered() && i < all; i++) {
            assertArrayEquals(bytes(length, i), pair.listening.frames().get(i));
        }
    }

    @Test
    final void nothingIsToldFromWithinSendDialOrClose() {
        Pair pair = connect();
        int before = pair.dialling.events().size();

        pair.dialling.dial(pair.listening.localAddress());
        pair.dialling.dial(desertedAddress());
        pair.connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(10, 1))}, 1);
        pair.connection.close();

        assertEquals(before, pair.dialling.events().size());
    }

    @Test
    final void aHandlerMaySendFromWhereItReceives() {
        Pair pair = connect();
        pair.listening.onReceived((connection, frame) -> {
            if (connection.idle()) {
                connection.send(new ByteBuffer[] {ByteBuffer.wrap(frame)}, 1);
            }
        });

        until(() -> {
            if (!lossless() || pair.listening.frames().isEmpty()) {
                say(pair.connection, bytes(7, 7), pair.listening);
            }
            return !pair.dialling.frames().isEmpty();
        });

        assertArrayEquals(bytes(7, 7), pair.dialling.frames().get(0));
    }

    // Ends

    @Test
    final void theOtherEndLearnsOfACloseAndThisEndHearsNothing() {
        assumeTrue(lossless(), "the end may be lost, too");
        Pair pair = connect();

        pair.connection.close();
        pair.connection.close();
        pair.connection.closeAfterSending();
        until(() -> pair.listening.count("closed") == 1);

        assertFalse(pair.connection.idle());
        assertFalse(pair.accepted.idle());
        assertSame(pair.accepted, pair.listening.connection("closed"));
        assertEquals("END_OF_STREAM", pair.listening.detail("closed"));
        assertEquals(0, pair.dialling.count("closed"));
    }

    @Test
    final void allThatWasSentArrivesBeforeTheEndWhenClosedInGoodOrder() {
        assumeTrue(lossless(), "frames may be lost");
        Pair pair = connect();

        int sent = 0;
        while (sent < 20 && pair.connection.idle()) {
            pair.connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(50_000, sent++))}, 1);
        }
        pair.connection.closeAfterSending();
        assertFalse(pair.connection.idle());
        until(() -> pair.listening.count("closed") == 1);

        assertEquals(sent, pair.listening.frames().size());
        assertEquals(0, pair.dialling.count("closed"));
        assertEquals(0, pair.dialling.count("drained"));
    }

    @Test
    final void nothingMoreIsToldOfAConnectionThatItsHandlerHasClosed() {
        Pair pair = connect();
        pair.listening.onReceived((connection, frame) -> connection.close());

        boolean[] before = new boolean[1];
        until(() -> {
            for (int i = 0; i < 10 && !before[0] && pair.connection.idle(); i++) {
                pair.connection.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(5, i))}, 1);
            }
            before[0] = lossless();
            return pair.dialling.count("closed") == 1;
        });

        assertEquals(1, pair.listening.frames().size());
        assertEquals(0, pair.listening.count("closed"));
    }

    @Test
    final void closingATransportClosesItsConnections() {
        Pair pair = connect();

        pair.dialling.close();
        pair.dialling.close();
        assertFalse(pair.connection.idle());
        until(() -> {
            if (pair.accepted.idle()) {
                pair.accepted.send(new ByteBuffer[] {ByteBuffer.wrap(bytes(1, 1))}, 1);
            }
            return !lossless() || pair.listening.count("closed") == 1;
        });

        assertEquals(0, pair.dialling.count("closed"));
    }

    // Waiting

    @Test
    final void aPollSaysThatItHandedNothingOver() {
        Pair pair = connect();

        assertFalse(pair.listening.poll(0));
    }

    @Test
    final void aWakeupFromAnotherThreadEndsAWait() throws InterruptedException {
        PolledTransport transport = open();
        var waker = new Thread(transport::wakeup, "waker");

        waker.start();
        boolean event = transport.poll(-1);
        waker.join();

        assertFalse(event);
    }

    @Test
    final void aWakeupBeforeAWaitEndsIt() {
        PolledTransport transport = open();

        transport.wakeup();

        assertFalse(transport.poll(-1));
    }

    @Test
    final void aWaitEndsWhenItsTimeIsOver() {
        PolledTransport transport = open();

        assertFalse(transport.poll(WAIT_NANOS));
    }

    @Test
    final void aTransportMayBeWokenAndClosedBeforeItIsOpened() {
        Transport transport = create();

        assertDoesNotThrow(() -> {
            transport.wakeup();
            transport.close();
            transport.close();
        });
    }

    // What the tests are made of

    /** @param accepted the other end of {@code connection} */
    private record Pair(
            PolledTransport listening, PolledTransport dialling, Connection connection, Connection accepted) {}

    private Pair connect() {
        PolledTransport listening = open();
        PolledTransport dialling = open();
        Connection connection = dialling.dial(listening.localAddress());
        until(() -> listening.count("accepted") == 1 && dialling.count("opened") == 1);
        return new Pair(listening, dialling, connection, listening.connection("accepted"));
    }

    private PolledTransport open() {
        var transport = new PolledTransport(create());
        opened.add(transport);
        return transport;
    }

    /** Sends a frame as soon as that goes, again and again until it has arrived when frames may be lost. */
    private void say(Connection from, byte[] frame, PolledTransport to) {
        until(from::idle);
        from.send(new ByteBuffer[] {ByteBuffer.wrap(frame)}, 1);
        if (!lossless()) {
            int[] looks = new int[1];
            until(() -> {
                if (++looks[0] % LOOKS_BEFORE_SENDING_AGAIN == 0 && from.idle()) {
                    from.send(new ByteBuffer[] {ByteBuffer.wrap(frame)}, 1);
                }
                return to.has(frame);
            });
        }
    }

    private static int sendSome(Connection connection, int from, int end) {
        int next = from;
        while (next < end && connection.idle()) {
            connection.send(new ByteBuffer[] {ByteBuffer.wrap(number(next))}, 1);
            next++;
        }
        return next;
    }

    /** Polls all transports until it holds. */
    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            pass();
            boolean any = false;
            for (PolledTransport transport : opened) {
                any |= transport.poll(0);
            }
            if (!any && !opened.isEmpty()) {
                opened.get(0).poll(WAIT_NANOS);
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not happen within " + PATIENCE + "; what did: " + opened);
            }
        }
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
