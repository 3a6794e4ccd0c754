package dev.rustnet.testkit.simulation;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.testkit.events.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Each process broadcasts a number of messages, at moments from the seed, and all deliveries are recorded. A payload
 * carries its sender's number, so that the checkers do not rely on what the service says of a message.
 *
 * @param service over which broadcast
 * @param messages of each process
 * @param from when the first may be broadcast, since the start of the process
 * @param interval the mean time between two of one process; zero for as fast as the window allows
 * @param payloadBytes of each message, at least 12
 */
public record BroadcastLoad(
        Class<? extends Broadcast> service, int messages, Duration from, Duration interval, int payloadBytes)
        implements Load {
    private static final String CHANNEL = "simulation";
    private static final int HEADER_BYTES = 12;

    /** So many messages of each process, one every 100 ms, from 500 ms on, of 16 bytes. */
    public static BroadcastLoad of(Class<? extends Broadcast> service, int messages) {
        return new BroadcastLoad(service, messages, Duration.ofMillis(500), Duration.ofMillis(100), 16);
    }

    public BroadcastLoad {
        if (payloadBytes < HEADER_BYTES) {
            throw new IllegalArgumentException("a payload has at least " + HEADER_BYTES + " bytes");
        }
    }

    public BroadcastLoad every(Duration mean) {
        return new BroadcastLoad(service, messages, from, mean, payloadBytes);
    }

    public BroadcastLoad from(Duration first) {
        return new BroadcastLoad(service, messages, first, interval, payloadBytes);
    }

    public BroadcastLoad payload(int bytes) {
        return new BroadcastLoad(service, messages, from, interval, bytes);
    }

    @Override
    public BroadcastLoad withMessages(int count) {
        return new BroadcastLoad(service, count, from, interval, payloadBytes);
    }

    /** The code that makes it. */
    @Override
    public String toString() {
        return "new BroadcastLoad(" + service.getSimpleName() + ".class, " + messages + ", " + Code.of(from) + ", "
                + Code.of(interval) + ", " + payloadBytes + ")";
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        Channel channel = process.node().service(service).channel(CHANNEL);
        channel.onDeliver(delivery -> delivered(process, delivery));
        Sender sender = new Sender(process, channel, process.random("load"));
        process.after(from, sender::broadcast);
        return sender::done;
    }

    private static void delivered(SimulatedProcess process, Delivery delivery) {
        ByteBuffer payload = ByteBuffer.wrap(delivery.copy());
        int sender = payload.getInt();
        long number = payload.getLong();
        if (sender != process.numberOf(delivery.source())) {
            throw new IllegalStateException("a message of " + sender + " came as one of " + delivery.source());
        }
        process.record(new Event.Deliver(sender, number));
    }

    private final class Sender {
        // Injected
        private final SimulatedProcess process;
        private final Channel channel;
        private final SplittableRandom random;

        // State
        private long next = 1;
        private boolean recorded;

        Sender(SimulatedProcess process, Channel channel, SplittableRandom random) {
            this.process = process;
            this.channel = channel;
            this.random = random;
        }

        boolean done() {
            return next > messages;
        }

        void broadcast() {
            while (!done()) {
                if (!recorded) {
                    process.record(new Event.Broadcast(next));
                    recorded = true; // One that is refused now keeps its number.
                }
                byte[] payload = ByteBuffer.allocate(payloadBytes)
                        .putInt(process.number())
                        .putLong(next)
                        .array();
                if (!channel.tryBroadcast(payload)) {
                    channel.onWindowOpen(this::broadcast);
                    return;
                }
                next++;
                recorded = false;
                if (!interval.isZero()) {
                    process.after(Duration.ofNanos(random.nextLong(2 * interval.toNanos() + 1)), this::broadcast);
                    return;
                }
            }
        }
    }
}
