package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.events.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A mistaken reliable broadcast: it sends to one process after the other, with a pause between, and nobody relays. A sender
 * that crashes on the way has reached some and not the others.
 */
record OneByOneBroadcast(int messages) implements Load {
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Override
    public OneByOneBroadcast withMessages(int count) {
        return new OneByOneBroadcast(count);
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        process.node()
                .onReceive((from, message) -> process.record(new Event.Deliver(
                        process.numberOf(from), ByteBuffer.wrap(message).getLong())));
        Sender sender = new Sender(process);
        process.after(Duration.ofSeconds(1), sender::step);
        return sender::done;
    }

    private final class Sender {
        // Injected
        private final SimulatedProcess process;

        // State
        private long number = 1;
        private int receiver;

        Sender(SimulatedProcess process) {
            this.process = process;
        }

        boolean done() {
            return number > messages;
        }

        void step() {
            if (done()) {
                return;
            }
            if (receiver == 0) {
                process.record(new Event.Broadcast(number));
                process.record(new Event.Deliver(process.number(), number));
            }
            String to = process.node().group().members().get(receiver).name();
            if (!to.equals(process.name())) {
                process.node()
                        .send(
                                to,
                                ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            }
            receiver = (receiver + 1) % process.node().group().size();
            if (receiver == 0) {
                number++;
            }
            process.after(PAUSE, this::step);
        }
    }
}
