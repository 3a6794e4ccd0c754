package dev.rustnet.launcher.endtoend;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A node that is a program of its own and keeps a list of orders, which it gives to those that join, beside many blocks that
 * stand nowhere as a whole, so that its memory can have limits.
 */
final class StateNode {
    private StateNode() {}

    /** Arguments: its name; how many blocks of 64 KiB there are; the peers. Each line that is typed is an order. */
    public static void main(String[] arguments) throws IOException {
        List<String> peers = List.of(arguments).subList(2, arguments.length);
        String name = arguments[0];
        long blocks = Long.parseLong(arguments[1]);
        String bind = peers.stream()
                .filter(peer -> peer.startsWith(name + "@"))
                .map(peer -> peer.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
        List<String> orders = new ArrayList<>();
        try (Node node = Node.builder(name)
                .bind(bind)
                .peers(peers)
                .set("rustnet.services.group-membership", "group-membership")
                .configure("failure-detector", Map.of("heartbeat-interval", "200ms", "timeout", "2s"))
                .build()) {
            GroupMembership membership = node.service(GroupMembership.class);
            membership.transfer("orders", StateTransfer.ofBytes(() -> bytes(orders), bytes -> take(bytes, orders)));
            membership.transfer("blocks", new Blocks(blocks));
            Channel channel = node.service(UniformReliableBroadcast.class).channel("orders");
            channel.onDeliver(delivery -> {
                orders.add(delivery.text());
                say("orders " + String.join(",", orders));
            });
            channel.onView(view -> say("view " + view.number() + " with " + String.join(",", orders)));
            node.start().join();
            node.whenJoined().join();
            say("joined");
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                channel.broadcast(line);
            }
        }
    }

    private static byte[] bytes(List<String> orders) {
        return String.join(",", orders).getBytes(StandardCharsets.UTF_8);
    }

    private static void take(byte[] bytes, List<String> orders) {
        orders.addAll(List.of(new String(bytes, StandardCharsets.UTF_8).split(",")));
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    /** Numbered blocks, made as they are asked for and forgotten as they are read. */
    private record Blocks(long count) implements StateTransfer {
        @Override
        public Iterator<byte[]> writeState() {
            return LongStream.range(0, count)
                    .mapToObj(number ->
                            ByteBuffer.allocate(MAX_CHUNK).putLong(number).array())
                    .iterator();
        }

        @Override
        public StateReader readState() {
            long beginNanos = System.nanoTime();
            return new StateReader() {
                private long next;

                @Override
                public void read(byte[] chunk) {
                    long number = ByteBuffer.wrap(chunk).getLong();
                    if (number != next || chunk.length != MAX_CHUNK) {
                        throw new IllegalStateException("block " + number + " comes in place of " + next);
                    }
                    next++;
                }

                @Override
                public void complete() {
                    say("read " + next + " blocks in " + (System.nanoTime() - beginNanos) / 1_000_000 + " ms");
                }
            };
        }
    }
}
