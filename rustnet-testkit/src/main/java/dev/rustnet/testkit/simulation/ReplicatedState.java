package dev.rustnet.testkit.simulation;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Each process keeps all that it has delivered of some broadcast services, and gives it to those that join. Whoever installs a
 * view must have the same as everybody else who installs it: a joiner what it has read, a member what it has delivered up to
 * the cut. One object serves one run; it collects what is wrong.
 */
public final class ReplicatedState implements Load {
    private static final String CHANNEL = "replicated-state";
    private static final int ENTRY_BYTES = 16;

    // Injected
    private final List<Class<? extends Broadcast>> services;
    private final int messages;
    private final Duration interval;
    private final int chunkBytes;

    // State
    private final Map<String, String> atViews = new TreeMap<>();
    private final Map<Integer, Replica> replicas = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int taken;
    private int abandoned;

    /** What one incarnation has delivered: by service and sender the numbers, in order. */
    private static final class Replica {
        private Map<String, List<Long>> delivered = new TreeMap<>();

        static String key(int service, int sender) {
            return service + "/" + sender;
        }

        void add(Map<String, List<Long>> to, int service, int sender, long number) {
            to.computeIfAbsent(key(service, sender), unused -> new ArrayList<>())
                    .add(number);
        }

        /** How many of each sender, and a hash of which. */
        String of(int service) {
            StringBuilder text = new StringBuilder();
            delivered.forEach((key, numbers) -> {
                if (key.startsWith(service + "/")) {
                    text.append(' ').append(key).append(": ").append(numbers.size());
                    text.append('#').append(Integer.toHexString(numbers.hashCode()));
                }
            });
            return text.toString();
        }
    }

    /**
     * @param services whose deliveries make the state
     * @param messages of each incarnation over each service
     * @param interval the mean time between two of one process
     * @param chunkBytes of each delivery in the transfer, at least 16: what makes the state large
     */
    public ReplicatedState(List<Class<? extends Broadcast>> services, int messages, Duration interval, int chunkBytes) {
        this.services = List.copyOf(services);
        this.messages = messages;
        this.interval = interval;
        this.chunkBytes = Math.max(ENTRY_BYTES, chunkBytes);
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        Replica replica = new Replica();
        replicas.put(process.number(), replica);
        process.node().service(GroupMembership.class).transfer(CHANNEL, new Transfer(replica));
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            int service = i;
            Channel channel = process.node().service(services.get(i)).channel(CHANNEL);
            channel.onDeliver(delivery -> delivered(replica, service, delivery));
            channel.onView(view -> installed(process, replica, service, view));
            Sender sender = new Sender(process, channel, process.random(CHANNEL + service));
            senders.add(sender);
            process.after(interval, sender::broadcast);
        }
        return () -> senders.stream().allMatch(Sender::done);
    }

    private static void delivered(Replica replica, int service, Delivery delivery) {
        ByteBuffer payload = ByteBuffer.wrap(delivery.copy());
        replica.add(replica.delivered, service, payload.getInt(), payload.getLong());
    }

    private void installed(SimulatedProcess process, Replica replica, int service, View view) {
        String here = replica.of(service);
        String others = atViews.putIfAbsent(
                view.number() + " of " + services.get(service).getSimpleName(), here);
        if (others != null && !others.equals(here)) {
            problems.add(
                    process.number() + " begins view " + view.number() + " with" + here + ", and others with" + others);
        }
    }

    /** How many joiners have taken a state that was not empty. */
    public int taken() {
        return taken;
    }

    /** How many times a part of the state was read, and thrown away because the member that sent it died or gave up. */
    public int abandoned() {
        return abandoned;
    }

    /** What is wrong: whoever installed a view with another state, and the {@code alive} that do not have the same at the end. */
    public List<String> problems(Iterable<Integer> alive) {
        List<String> all = new ArrayList<>(problems);
        Replica first = null;
        for (int process : alive) {
            Replica replica = replicas.get(process);
            if (first == null) {
                first = replica;
            } else if (replica == null || !replica.delivered.equals(first.delivered)) {
                all.add(process + " has another state at the end than the first of those alive");
            }
        }
        return all;
    }

    private final class Transfer implements StateTransfer {
        private final Replica replica;

        Transfer(Replica replica) {
            this.replica = replica;
        }

        @Override
        public Iterator<byte[]> writeState() {
            return replica.delivered.entrySet().stream()
                    .flatMap(each -> each.getValue().stream().map(number -> entry(each.getKey(), number)))
                    .iterator();
        }

        private byte[] entry(String key, long number) {
            int slash = key.indexOf('/');
            return ByteBuffer.allocate(chunkBytes)
                    .putInt(Integer.parseInt(key.substring(0, slash)))
                    .putInt(Integer.parseInt(key.substring(slash + 1)))
                    .putLong(number)
                    .array();
        }

        @Override
        public StateReader readState() {
            Map<String, List<Long>> read = new TreeMap<>();
            return new StateReader() {
                @Override
                public void read(byte[] chunk) {
                    ByteBuffer entry = ByteBuffer.wrap(chunk);
                    replica.add(read, entry.getInt(), entry.getInt(), entry.getLong());
                }

                @Override
                public void complete() {
                    replica.delivered = read;
                    taken += read.isEmpty() ? 0 : 1;
                }

                @Override
                public void abandoned() {
                    abandoned += read.isEmpty() ? 0 : 1;
                }
            };
        }
    }

    private final class Sender {
        // Injected
        private final SimulatedProcess process;
        private final Channel channel;
        private final SplittableRandom random;

        // State
        private long next = 1;

        Sender(SimulatedProcess process, Channel channel, SplittableRandom random) {
            this.process = process;
            this.channel = channel;
            this.random = random;
        }

        boolean done() {
            return next > messages;
        }

        void broadcast() {
            if (done()) {
                return;
            }
            byte[] payload = ByteBuffer.allocate(ENTRY_BYTES)
                    .putInt(process.number())
                    .putLong(next)
                    .array();
            if (!channel.tryBroadcast(payload)) {
                channel.onWindowOpen(this::broadcast);
                return;
            }
            next++;
            process.after(Duration.ofNanos(random.nextLong(2 * interval.toNanos() + 1)), this::broadcast);
        }
    }
}
