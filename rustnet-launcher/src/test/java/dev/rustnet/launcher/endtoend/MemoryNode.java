package dev.rustnet.launcher.endtoend;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that is a program of its own, so that its memory can have limits: broadcasts on command, checks that what it
 * delivers comes once and in order, and says how much memory is in use after a full collection.
 */
final class MemoryNode {
    private static final Map<String, Class<? extends Broadcast>> SERVICES = Map.of(
            "best-effort", BestEffortBroadcast.class,
            "reliable", ReliableBroadcast.class,
            "uniform", UniformReliableBroadcast.class);

    /** In place of whether crashes are detected perfectly: by default they are not, and views change. */
    static final String VIEWS = "views";

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    // Injected
    private final Node node;
    private final long slow;
    private final long mark;
    private final Map<String, Channel> channels = new TreeMap<>();

    // State of the loop
    private final Map<String, Long> broadcast = new TreeMap<>();
    private final Map<String, Long> latest = new TreeMap<>();
    private long delivered;
    private long expected = Long.MAX_VALUE;

    // State of any thread
    private volatile CountDownLatch held = new CountDownLatch(0);

    private MemoryNode(Node node, long slow, long mark) {
        this.node = node;
        this.slow = slow;
        this.mark = mark;
        SERVICES.forEach((name, service) -> channels.put(
                name, node.service(service).channel("memory").onDeliver(delivery -> deliver(name, delivery))));
    }

    /**
     * Arguments: its name; how many deliveries take 10 ms; after how many deliveries it says how much memory is in use;
     * whether crashes are detected perfectly, or else views change; the peers.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> peers = List.of(arguments).subList(4, arguments.length);
        String name = arguments[0];
        String bind = peers.stream()
                .filter(peer -> peer.startsWith(name + "@"))
                .map(peer -> peer.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
        boolean views = arguments[3].equals(VIEWS);
        NodeBuilder builder = Node.builder(name)
                .bind(bind)
                .peers(peers)
                .configure("failure-detector", Map.of("assume-synchrony", views ? "false" : arguments[3]));
        if (views) {
            builder.choose(GroupMembership.class, "group-membership")
                    .configure("group-membership", Map.of("exclusion-timeout", "3s"));
        }
        try (Node node = builder.build()) {
            node.topics().subscribe(GroupMembership.PROCESS_EXCLUDED, notice -> say("excluded " + notice));
            node.topics().subscribe(FailureDetector.PROCESS_SUSPECTED, notice -> say("suspected " + notice));
            node.topics().subscribe(PerfectFailureDetector.PROCESS_CRASHED, notice -> say("crashed " + notice));
            var measured = new MemoryNode(node, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
            node.start().join();
            node.whenJoined().join();
            say("joined");
            measured.obey();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private void obey() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "broadcast" -> broadcast(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
                case "fill" -> node.execute(() -> fill(Integer.parseInt(words[1])));
                case "hold" -> hold(words[1]);
                case "release" -> held.countDown();
                case "expect" -> node.execute(() -> expect(Long.parseLong(words[1])));
                case "received" -> awaitReceived(Long.parseLong(words[1]));
                case "latest" -> node.execute(() -> say("latest " + latest));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void hold(String why) {
        held = new CountDownLatch(1);
        say("holds " + why);
    }

    private static byte[] message(long number, int length) {
        return ByteBuffer.allocate(length).putLong(number).array();
    }

    private void broadcast(String service, long count, int length) {
        Thread thread = new Thread(
                () -> {
                    for (long number = 1; number <= count; number++) {
                        channels.get(service).broadcast(message(number, length));
                    }
                },
                "load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Broadcasts on all services until all windows are full. */
    private void fill(int length) {
        long sum = 0;
        for (Map.Entry<String, Channel> each : channels.entrySet()) {
            long number = broadcast.getOrDefault(each.getKey(), 0L);
            while (each.getValue().tryBroadcast(message(number + 1, length))) {
                number++;
                sum++;
            }
            broadcast.put(each.getKey(), number);
        }
        say("filled " + length + " " + sum);
    }

    /** Waits until so many messages have been received or broadcast here, delivered or not. */
    private void awaitReceived(long count) {
        while (counted(".received") + counted(".broadcast") < count) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        say("received " + count + " " + memory());
    }

    private long counted(String what) {
        return node.counters().entrySet().stream()
                .filter(counter -> counter.getKey().endsWith("-broadcast" + what))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void deliver(String service, Delivery delivery) {
        String stream = service + "/" + delivery.source().name();
        long number = ByteBuffer.wrap(delivery.copy()).getLong();
        long next = latest.merge(stream, 1L, Long::sum);
        if (number != next || delivery.number() != next) {
            say("wrong: " + number + " of " + stream + " comes instead of " + next);
        }
        delivered++;
        if (delivered <= slow) {
            LockSupport.parkNanos(SLOW_NANOS);
        }
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (delivered == mark) {
            say("mark " + memory());
        }
        if (delivered == expected) {
            say("complete " + expected + " " + memory());
        }
    }

    private void expect(long total) {
        expected = total;
        if (delivered >= total) {
            say("complete " + expected + " " + memory());
        }
    }

    /** Bytes of the heap and of direct buffers after a full collection. */
    private static String memory() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + " " + direct;
    }
}
