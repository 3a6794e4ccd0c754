package dev.rustnet.testkit.simulation;

import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.testkit.events.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Each process sends a number of messages to each other one over perfect links, at moments from the seed.
 *
 * @param messages from each process to each other
 * @param from when the first may be sent, since the start of the process
 * @param interval the mean time between two rounds of messages of one process
 */
public record LinkLoad(int messages, Duration from, Duration interval) implements Load {
    private static final Duration RETRY = Duration.ofMillis(50);

    /** So many messages on each link, one every 50 ms, from 500 ms on. */
    public static LinkLoad of(int messages) {
        return new LinkLoad(messages, Duration.ofMillis(500), Duration.ofMillis(50));
    }

    @Override
    public LinkLoad withMessages(int count) {
        return new LinkLoad(count, from, interval);
    }

    /** The code that makes it. */
    @Override
    public String toString() {
        return "new LinkLoad(" + messages + ", " + Code.of(from) + ", " + Code.of(interval) + ")";
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        process.node()
                .onReceive((from, message) -> process.record(new Event.Receive(
                        process.numberOf(from), ByteBuffer.wrap(message).getLong())));
        Sender sender = new Sender(process, process.random("load"));
        process.after(from, sender::round);
        return sender::done;
    }

    private final class Sender {
        // Injected
        private final SimulatedProcess process;
        private final SplittableRandom random;
        private final int receivers;

        // State
        private long next = 1;
        private int receiver;
        private boolean recorded;

        Sender(SimulatedProcess process, SplittableRandom random) {
            this.process = process;
            this.random = random;
            this.receivers = process.node().group().size();
        }

        boolean done() {
            return next > messages;
        }

        void round() {
            if (done()) {
                return;
            }
            for (; receiver < receivers; receiver++) {
                String to = process.node().group().members().get(receiver).name();
                if (!to.equals(process.name()) && !send(to)) {
                    process.after(RETRY, this::round);
                    return;
                }
            }
            receiver = 0;
            next++;
            if (!done()) {
                process.after(Duration.ofNanos(random.nextLong(2 * interval.toNanos() + 1)), this::round);
            }
        }

        private boolean send(String to) {
            if (!recorded) {
                process.record(new Event.Send(receiver + 1, next));
                recorded = true;
            }
            try {
                process.node()
                        .send(to, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
            } catch (WindowFullException e) {
                return false;
            }
            recorded = false;
            return true;
        }
    }
}
