package dev.rustnet.launcher.scenario;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.MessageHandler;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The twin of perfect links: each process sends to each other one over fair-loss links, from the second second on. */
record FairLossLoad(int messages) implements Load {
    /** Lends its links to the load. */
    static final class Lender implements NetComponent {
        /** The links as a service. */
        interface Links {
            void onReceive(MessageHandler handler);

            void send(int rank, ByteBuffer message);
        }

        private MessageHandler receiver = (from, message) -> {};

        @Override
        public ComponentDescriptor descriptor(Config own) {
            return ComponentDescriptor.named("fair-loss-load")
                    .provides(Links.class)
                    .build();
        }

        @Override
        public void start(ComponentContext context) {
            FairLossLinks links = context.transport();
            links.onReceive((from, message) -> receiver.receive(from, message));
            context.provide(Links.class, new Links() {
                @Override
                public void onReceive(MessageHandler handler) {
                    receiver = handler;
                }

                @Override
                public void send(int rank, ByteBuffer message) {
                    links.send(rank, message);
                }
            });
        }
    }

    /** Those of the class path, and the one that lends its links. */
    static List<NetComponent> components() {
        List<NetComponent> all = new ArrayList<>(Twin.found());
        all.add(new Lender());
        return all;
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        Sender sender = new Sender(process);
        process.after(Duration.ofSeconds(2), sender::round);
        return sender::done;
    }

    private final class Sender {
        private final SimulatedProcess process;
        private long next = 1;

        Sender(SimulatedProcess process) {
            this.process = process;
        }

        boolean done() {
            return next > messages;
        }

        void round() {
            Lender.Links links = process.node().service(Lender.Links.class);
            if (next == 1) {
                links.onReceive((from, message) ->
                        process.record(new Event.Receive(process.numberOf(from), message.getLong())));
            }
            for (int rank = 0; rank < process.node().group().size(); rank++) {
                if (rank + 1 != process.number()) {
                    process.record(new Event.Send(rank + 1, next));
                    links.send(
                            rank, ByteBuffer.allocate(Long.BYTES).putLong(next).flip());
                }
            }
            next++;
            if (!done()) {
                process.after(Duration.ofMillis(50), this::round);
            }
        }
    }
}
