package dev.rustnet.bench;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.node.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One node of a rustnet mesh with its default configuration: broadcasts, if it is a sender, and counts its deliveries. */
final class BroadcastNode {
    /** What can be measured. */
    enum Service {
        BEST_EFFORT(BestEffortBroadcast.class),
        RELIABLE(ReliableBroadcast.class),
        UNIFORM_RELIABLE(UniformReliableBroadcast.class);

        private final Class<? extends Broadcast> type;

        Service(Class<? extends Broadcast> type) {
            this.type = type;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Where the sender calls broadcast. */
    enum Caller {
        /** On the node's event loop, again when the window opens. */
        LOOP,
        /** On a thread of the application, which waits while the window is full. */
        THREAD
    }

    private BroadcastNode() {}

    /** Arguments: its rank from 0, 1 when it sends, bytes of a message, service, caller, the port of each node. */
    public static void main(String[] arguments) throws IOException {
        int rank = Integer.parseInt(arguments[0]);
        boolean sends = arguments[1].equals("1");
        byte[] payload = new byte[Integer.parseInt(arguments[2])];
        Service service = Service.valueOf(arguments[3]);
        Caller caller = Caller.valueOf(arguments[4]);
        List<String> peers = new ArrayList<>();
        for (int i = 5; i < arguments.length; i++) {
            peers.add("node" + (i - 5) + "@127.0.0.1:" + arguments[i]);
        }
        var delivered = new AtomicLong();
        try (Node node = Node.builder("node" + rank)
                .bind("127.0.0.1:" + arguments[5 + rank])
                .peers(peers)
                .build()) {
            Channel channel = node.service(service.type).channel("bench");
            // One thread writes: no read-modify-write is needed.
            channel.onDeliver(delivery -> delivered.setRelease(delivered.getPlain() + 1));
            node.start().join();
            node.whenJoined().join();
            NodeConsole.say("joined");
            NodeConsole.serve(delivered::getAcquire, line -> {
                if (!sends) {
                    return;
                }
                if (caller == Caller.LOOP) {
                    node.execute(() -> fillWindow(channel, payload));
                } else {
                    startSender(channel, payload);
                }
            });
        }
    }

    private static void fillWindow(Channel channel, byte[] payload) {
        while (channel.tryBroadcast(payload)) {}
        channel.onWindowOpen(() -> fillWindow(channel, payload));
    }

    private static void startSender(Channel channel, byte[] payload) {
        var sender = new Thread(
                () -> {
                    while (true) {
                        channel.broadcast(payload);
                    }
                },
                "sender");
        sender.setDaemon(true);
        sender.start();
    }
}
