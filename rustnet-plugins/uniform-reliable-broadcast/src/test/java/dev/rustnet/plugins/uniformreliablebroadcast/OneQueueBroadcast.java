package dev.rustnet.plugins.uniformreliablebroadcast;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A broadcast with tiny credit for each receiver, and one queue to each for data and acknowledgements. Everybody broadcasts
 * flat out. What decides whether it ever ends is where the acknowledgements stand in that queue.
 */
final class OneQueueBroadcast implements NetComponent {
    private static final int CREDIT = 2;
    private static final byte DATA = 1;
    private static final byte ACKNOWLEDGEMENT = 2;

    // Injected
    private final int messages;
    private final boolean acknowledgementsFirst;

    // State
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    private ComponentContext context;
    private int received;

    OneQueueBroadcast(int messages, boolean acknowledgementsFirst) {
        this.messages = messages;
        this.acknowledgementsFirst = acknowledgementsFirst;
    }

    /** Messages of the others that have arrived here. */
    int received() {
        return received;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("one-queue-broadcast").build();
    }

    @Override
    public void start(ComponentContext with) {
        context = with;
        for (Group.Member member : with.group().members()) {
            if (!member.name().equals(with.self().name())) {
                queues.put(member.name(), new Queue(ProcessId.named(member.name())));
            }
        }
        with.links().onReceive((from, message) -> queues.get(from.name()).receive(message.get()));
        with.timers().after(Duration.ofMillis(500), () -> queues.values().forEach(Queue::write));
    }

    private final class Queue {
        private final ProcessId to;
        private final ArrayDeque<Byte> waiting = new ArrayDeque<>();
        private int queued;
        private int unacknowledged;

        Queue(ProcessId to) {
            this.to = to;
        }

        void receive(byte kind) {
            if (kind == ACKNOWLEDGEMENT) {
                unacknowledged--;
            } else {
                received++;
                if (acknowledgementsFirst) {
                    waiting.addFirst(ACKNOWLEDGEMENT);
                } else {
                    waiting.addLast(ACKNOWLEDGEMENT);
                }
            }
            write();
        }

        /** What stands first and lacks credit holds up all that stands behind it. */
        void write() {
            fill();
            while (!waiting.isEmpty() && (waiting.peek() == ACKNOWLEDGEMENT || unacknowledged < CREDIT)) {
                byte kind = waiting.remove();
                context.links().trySend(to, ByteBuffer.wrap(new byte[] {kind}));
                unacknowledged += kind == DATA ? 1 : 0;
                fill();
            }
        }

        private void fill() {
            while (queued < messages && waiting.size() < CREDIT) {
                waiting.addLast(DATA);
                queued++;
            }
        }
    }
}
