package dev.rustnet.bench.member;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A node with its default configuration, and one channel of a broadcast service. */
final class RustnetMember implements Member {
    // Injected
    private final Deliveries deliveries;
    private final Node node;
    private final Channel channel;
    private final long wastedNanos;

    // State
    private Runnable onLoss = () -> {};

    /** @param wastedNanos how much each delivery takes longer than it must */
    RustnetMember(Role role, Deliveries deliveries, Class<? extends Broadcast> service, long wastedNanos) {
        this.deliveries = deliveries;
        this.wastedNanos = wastedNanos;
        List<String> peers = new ArrayList<>();
        for (int i = 0; i < role.members(); i++) {
            peers.add("node" + i + "@127.0.0.1:" + role.port(i));
        }
        NodeBuilder builder = Node.builder("node" + role.rank())
                .bind("127.0.0.1:" + role.port(role.rank()))
                .peers(peers)
                .maxPeers(Math.max(5, role.members()));
        role.contender().settings().forEach(builder::set);
        role.settings().forEach(builder::set);
        node = builder.build();
        channel = node.service(service).channel("bench");
        channel.onDeliver(deliveries.wantsAll() ? this::whole : this::glance);
    }

    @Override
    public void join() {
        node.topics().subscribe(FailureDetector.PROCESS_SUSPECTED, suspected -> onLoss.run());
        node.start().join();
        node.whenJoined().join();
    }

    private void glance(Delivery delivery) {
        waste();
        deliveries.delivered(
                number(delivery, 0),
                number(delivery, Messages.SENDER_AT),
                ((long) number(delivery, Messages.SENT_AT) << Integer.SIZE)
                        | (number(delivery, Messages.SENT_AT + Integer.BYTES) & 0xffff_ffffL),
                delivery.size());
    }

    private static int number(Delivery delivery, int at) {
        return (delivery.byteAt(at) << 24)
                | ((delivery.byteAt(at + 1) & 0xff) << 16)
                | ((delivery.byteAt(at + 2) & 0xff) << 8)
                | (delivery.byteAt(at + 3) & 0xff);
    }

    private void whole(Delivery delivery) {
        waste();
        deliveries.delivered(delivery.copy(), 0, delivery.size());
    }

    private void waste() {
        if (wastedNanos > 0) {
            for (long end = System.nanoTime() + wastedNanos; System.nanoTime() - end < 0; ) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void flood(Messages messages) {
        node.execute(() -> fillWindow(messages));
    }

    private void fillWindow(Messages messages) {
        while (channel.tryBroadcast(messages.peek())) {
            messages.taken();
        }
        channel.onWindowOpen(() -> fillWindow(messages));
    }

    @Override
    public void broadcast(byte[] message) {
        channel.broadcast(message);
    }

    @Override
    public void onLoss(Runnable action) {
        onLoss = action;
    }

    @Override
    public void onViews(Consumer<String> say) {
        ViewWatch.tell(node.service(GroupMembership.class), say);
    }

    @Override
    public void close() {
        node.close();
    }
}
