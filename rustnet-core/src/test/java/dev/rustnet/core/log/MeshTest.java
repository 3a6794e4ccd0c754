package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.Delivery;
import dev.rustnet.broadcast.Tracked;
import dev.rustnet.bus.Subscription;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.environment.TimeSource;
import dev.rustnet.core.link.Identity;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.LinkSettings;
import dev.rustnet.core.link.MemoryNetwork;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Links and broadcast logs of several processes over a network in memory: no kernel, a protocol of three lines. */
class MeshTest {
    private static final String[] NAMES = {"first", "second", "third"};

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Throwable> errors = new ArrayList<>();
    private long nanos = 1;
    private final Member[] processes = new Member[NAMES.length];

    private final class Member {
        private final EventLoop loop;
        private final LinkLayer links;
        private final BroadcastLogs logs;
        private final BroadcastLog log;
        private final Channel channel;
        private final Transport transport;
        private final List<String> delivered = new ArrayList<>();
        private final List<String> received = new ArrayList<>();
        private final PerfectLinks perfect;
        private final Counters counters = new Counters();
        private final ProcessId self;

        Member(int rank, BroadcastLogs.Window window) {
            self = new ProcessId(NAMES[rank], rank + 1);
            loop = new EventLoop(
                    new TimeSource() {
                        @Override
                        public long nanos() {
                            return nanos;
                        }

                        @Override
                        public Instant now() {
                            return Instant.EPOCH;
                        }
                    },
                    64,
                    errors::add);
            Group group = new Group(Arrays.stream(NAMES)
                    .map(name -> new Group.Member(name, name))
                    .toList());
            Identity identity =
                    new Identity(self, "test", NAMES[rank], group, new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
            LinkSettings settings = new LinkSettings(
                    1 << 20,
                    1 << 20,
                    1000,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(20));
            System.Logger logger = System.getLogger("mesh-test");
            links = new LinkLayer(identity, settings, loop, new Random(rank), counters, logger, sentence -> {});
            logs = new BroadcastLogs(self, links, loop, new NoCodec(), counters, logger, 2_000_000, 1 << 20);
            Flood flood = new Flood();
            log = logs.open(
                    "flood", window, BroadcastLog.Retention.BY_ALL, BroadcastLog.Acknowledgement.TO_SOURCE, flood);
            flood.log = log;
            channel = log.channel("test");
            channel.onDeliver(delivery -> delivered.add(delivery.source() + ":" + delivery.text()));
            perfect = links.perfect("flood");
            perfect.onReceive((from, message) -> received.add(from + ":" + message.getInt()));
            transport = network.transport(NAMES[rank]);
            Everybody everybody = new Everybody();
            links.attach(everybody);
            logs.attach(everybody);
            links.open(transport);
            loop.attach(new EventLoop.Poller() {
                @Override
                public boolean poll(long timeoutNanos) {
                    return transport.poll(0);
                }

                @Override
                public void wakeup() {}
            });
            links.start();
        }
    }

    /** Best-effort broadcast. */
    private static final class Flood implements BroadcastProtocol {
        private BroadcastLog log;

        @Override
        public void viewInstalled(View view) {
            for (int to = 0; to < view.size(); to++) {
                log.send(log.self(), to);
            }
        }

        @Override
        public void received(int source, long upTo) {
            log.deliver(source, upTo);
        }

        @Override
        public void acked(int process, int source, long upTo) {}

        @Override
        public void removed(int process) {}
    }

    private static final class Everybody implements GroupMembership {
        private final View view = new View(
                1,
                Arrays.stream(NAMES)
                        .map(name -> new ProcessId(name, rank(name) + 1))
                        .toList());

        private static int rank(String name) {
            return Arrays.asList(NAMES).indexOf(name);
        }

        @Override
        public View view() {
            return view;
        }

        @Override
        public ProcessId process(int rank) {
            return view.members().get(rank);
        }

        @Override
        public boolean removed(int rank) {
            return false;
        }

        @Override
        public Subscription listen(MembershipListener listener) {
            listener.viewInstalled(view);
            return () -> {};
        }

        @Override
        public Subscription participate(ViewParticipant participant) {
            return () -> {};
        }

        @Override
        public Admission admit(ProcessId newcomer, String address) {
            return new Admission.Accepted();
        }
    }

    private static final class NoCodec implements PayloadCodec {
        @Override
        public void requireRegistered(Class<?> type) {
            throw new IllegalArgumentException();
        }

        @Override
        public byte[] encode(Object value) {
            throw new IllegalArgumentException();
        }

        @Override
        public <T> T decode(Class<T> type, ByteBuffer bytes) {
            throw new IllegalArgumentException();
        }
    }

    private void start(BroadcastLogs.Window window) {
        for (int rank = 0; rank < NAMES.length; rank++) {
            processes[rank] = new Member(rank, window);
        }
    }

    /** Turns all loops, a millisecond apart. */
    private void run(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            nanos += 1_000_000;
            for (Member process : processes) {
                process.loop.turn(0);
            }
        }
        assertThat(errors).isEmpty();
    }

    private static List<String> from(Member receiver, Member source) {
        return receiver.delivered.stream()
                .filter(text -> text.startsWith(source.self.name() + ":"))
                .toList();
    }

    @Test
    void simultaneousDialsSettleOnOneConnectionForEachPair() {
        start(new BroadcastLogs.Window(1 << 20, 1024));

        run(500);

        assertThat(network.connections()).isEqualTo(3);
    }

    @Test
    void everybodyDeliversEverythingInOrderThroughResetsAndThenForgetsIt() {
        start(new BroadcastLogs.Window(1 << 20, 1024));
        Random random = new Random(3);
        int[] sent = new int[NAMES.length];

        for (int round = 0; round < 600; round++) {
            for (int rank = 0; rank < NAMES.length; rank++) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    if (processes[rank].channel.tryBroadcast(
                            ("m" + (sent[rank] + 1)).getBytes(StandardCharsets.UTF_8))) {
                        sent[rank]++;
                    }
                }
            }
            run(1 + random.nextInt(3));
            if (random.nextInt(10) == 0) {
                network.resetAll();
            }
        }
        run(5_000);

        for (Member source : processes) {
            int count = sent[Arrays.asList(processes).indexOf(source)];
            List<String> expected = new ArrayList<>();
            for (int k = 1; k <= count; k++) {
                expected.add(source.self.name() + ":m" + k);
            }
            assertThat(count).isGreaterThan(300);
            for (Member receiver : processes) {
                assertThat(from(receiver, source)).isEqualTo(expected);
            }
        }
        for (Member process : processes) {
            assertThat(process.links.chunks().bytesInUse()).isZero();
            assertThat(process.links.drained()).isTrue();
        }
    }

    @Test
    void swallowedFramesAreSentAgain() {
        start(new BroadcastLogs.Window(1 << 20, 1024));
        run(500);
        Random random = new Random(5);
        network.swallow(frame -> frame.get(0) == 1 && random.nextInt(3) == 0);

        for (int k = 1; k <= 50; k++) {
            processes[0].channel.broadcast("m" + k);
            ByteBuffer number = ByteBuffer.allocate(4).putInt(k).flip();
            assertThat(processes[1].perfect.trySend(processes[2].self, number)).isTrue();
            run(10);
        }
        run(60_000);

        assertThat(from(processes[1], processes[0])).hasSize(50).doesNotHaveDuplicates();
        assertThat(from(processes[2], processes[0])).hasSize(50).doesNotHaveDuplicates();
        assertThat(processes[2].received).hasSize(50).doesNotHaveDuplicates();
        assertThat(processes[2].received.get(49)).isEqualTo("second:50");
        assertThat(processes[0].links.chunks().bytesInUse()).isZero();
    }

    @Test
    void aFullWindowRefusesAndOpensAgain() {
        start(new BroadcastLogs.Window(1 << 20, 8));
        run(500);
        List<String> opened = new ArrayList<>();

        int accepted = 0;
        while (processes[0].channel.tryBroadcast(new byte[10])) {
            accepted++;
        }
        processes[0].channel.onWindowOpen(() -> opened.add("open"));
        assertThat(opened).isEmpty();
        run(200);

        assertThat(accepted).isEqualTo(8);
        assertThat(opened).containsExactly("open");
        assertThat(processes[0].channel.tryBroadcast(new byte[10])).isTrue();
    }

    @Test
    void aDeliveryIsOverWhenTheHandlerReturns() {
        start(new BroadcastLogs.Window(1 << 20, 8));
        List<Delivery> kept = new ArrayList<>();
        processes[0].channel.onDeliver(kept::add);
        processes[0].channel.broadcast("hello");
        run(1);

        assertThat(kept).hasSize(1);
        assertThatThrownBy(() -> kept.get(0).text())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("copy");
    }

    @Test
    void theSenderLearnsOfDeliveryAndStability() {
        start(new BroadcastLogs.Window(1 << 20, 8));
        run(500);
        List<String> seen = new ArrayList<>();

        Tracked tracked = processes[0].channel.broadcastTracked(new byte[3]);
        tracked.delivered().thenAccept(id -> seen.add("delivered " + id));
        tracked.stable().thenAccept(id -> seen.add("stable " + id));
        run(1);
        assertThat(seen).containsExactly("delivered first#1");
        run(100);

        assertThat(seen).containsExactly("delivered first#1", "stable first#1");
    }

    @Test
    void anExceptionInAHandlerCostsThatMessageAlone() {
        start(new BroadcastLogs.Window(1 << 20, 8));
        List<String> seen = new ArrayList<>();
        processes[0].channel.onDeliver(delivery -> {
            seen.add(delivery.text());
            if (seen.size() == 1) {
                throw new IllegalStateException("handler");
            }
        });

        processes[0].channel.broadcast("one");
        processes[0].channel.broadcast("two");
        run(2);

        assertThat(seen).containsExactly("one", "two");
        assertThat(processes[0].counters.snapshot()).containsEntry("flood.handler-failed", 1L);
    }
}
