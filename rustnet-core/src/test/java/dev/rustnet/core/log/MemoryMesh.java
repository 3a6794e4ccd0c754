package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.broadcast.Channel;
import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.core.bus.LoopTopicBus;
import dev.rustnet.core.codec.PayloadCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.environment.Environment;
import dev.rustnet.core.link.Identity;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.LinkSettings;
import dev.rustnet.core.link.MemoryNetwork;
import dev.rustnet.core.link.OnRefusal;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;

/** Links and broadcast logs of three processes over a network in memory: no kernel, a protocol of three lines. */
final class MemoryMesh {
    static final String[] NAMES = {"first", "second", "third"};
    private static final OnRefusal NOBODY_IS_REFUSED = new OnRefusal() {
        @Override
        public void excluded(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void outdated(String sentence, long highest) {
            throw new AssertionError(sentence);
        }
    };

    final MemoryNetwork network = new MemoryNetwork();
    final List<BroadcastHeader<?>> headers = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    BroadcastLogs.DeliverOn deliverOn = BroadcastLogs.DeliverOn.LOOP;
    boolean dialOnDemand;
    BroadcastLog.Retention retention = BroadcastLog.Retention.BY_ALL;
    /** The names of the members of the first view; the others have none until a test installs one. */
    List<String> first = List.of(NAMES);

    boolean relay;
    final int maxMessageLength = 2 << 20;
    private long nanos = 1;
    final Member[] processes = new Member[NAMES.length];

    final class Member {
        final EventLoop loop;
        final LinkLayer links;
        final BroadcastLogs logs;
        private final BroadcastLog log;
        final Channel channel;
        private final Transport transport;
        final List<String> delivered = new ArrayList<>();
        final List<String> received = new ArrayList<>();
        final PerfectLinks perfect;
        final List<String> logged = new ArrayList<>();
        private final Everybody membership;
        long incarnation;
        final HandLane lane = new HandLane();
        final TopicBus topics;
        final DeadLetters deadLetters;
        final Counters counters = new Counters();
        final ProcessId self;

        Member(int rank, BroadcastLogs.Window window) {
            this(rank, window, rank + 1);
        }

        Member(int rank, BroadcastLogs.Window window, long incarnation) {
            self = new ProcessId(NAMES[rank], incarnation);
            this.incarnation = incarnation;
            membership = new Everybody(first.contains(NAMES[rank]) && incarnation == rank + 1);
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
                    maxMessageLength,
                    1 << 20,
                    1000,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(20),
                    dialOnDemand);
            System.Logger logger = new ListLogger();
            links = new LinkLayer(identity, settings, loop, new Random(rank), counters, logger, NOBODY_IS_REFUSED);
            topics = new LoopTopicBus(loop::later, errors::add);
            deadLetters = new DeadLetters(3, loop.clock());
            logs = new BroadcastLogs(
                    new LogParts(
                            self,
                            links,
                            loop,
                            new TextCodec(),
                            counters,
                            deadLetters,
                            topics,
                            logger,
                            name -> lane,
                            maxMessageLength),
                    2_000_000);
            headers.forEach(logs::stamp);
            Flood flood = new Flood();
            log = logs.open("flood", window, deliverOn, retention, BroadcastLog.Acknowledgement.TO_SOURCE, flood);
            flood.log = log;
            channel = log.channel("test");
            channel.onDeliver(delivery -> delivered.add(delivery.source() + ":" + delivery.text()));
            perfect = links.perfect("flood");
            perfect.onReceive((from, message) ->
                    received.add(from + ":" + (message.remaining() < Integer.BYTES ? "cut short" : message.getInt())));
            transport = network.transport(NAMES[rank]);
            links.attach(membership);
            logs.attach(membership);
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

        /** What a change of views is done with. */
        ViewParticipant participant() {
            return membership.participants.get(0);
        }

        View view() {
            return membership.view;
        }

        /** What a membership does once it is agreed. */
        void install(View view, long... base) {
            membership.view = view;
            participant().install(view, base);
        }

        private final class ListLogger implements System.Logger {
            @Override
            public String getName() {
                return "mesh-test";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
                logged.add(message);
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
                logged.add(format);
            }
        }
    }

    /** From now on that member does not count at the process {@code at}. */
    void remove(int at, int rank) {
        Everybody membership = processes[at].membership;
        membership.listeners.forEach(listener ->
                listener.removed(rank, membership.view.members().get(rank), MembershipListener.Removal.CRASHED));
    }

    /** Best-effort broadcast, which everybody relays when the test wants it. */
    private final class Flood implements BroadcastProtocol {
        private BroadcastLog log;

        @Override
        public void viewInstalled(View view) {
            for (int to = 0; to < view.size(); to++) {
                for (int source = 0; source < view.size(); source++) {
                    if (relay || source == log.self()) {
                        log.send(source, to);
                    }
                }
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

    private final class Everybody implements GroupMembership {
        private final List<MembershipListener> listeners = new ArrayList<>();
        private final List<ViewParticipant> participants = new ArrayList<>();
        private View view;

        Everybody(boolean inTheFirst) {
            view = inTheFirst
                    ? new View(
                            1,
                            first.stream()
                                    .map(name -> new ProcessId(name, rank(name) + 1))
                                    .toList())
                    : View.NONE;
        }

        private int rank(String name) {
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
            listeners.add(listener);
            if (view.number() > 0) {
                listener.viewInstalled(view);
            }
            return () -> {};
        }

        @Override
        public Subscription participate(ViewParticipant participant) {
            participants.add(participant);
            return () -> {};
        }

        @Override
        public Admission admit(ProcessId newcomer, String address) {
            return new Admission.Accepted();
        }
    }

    /** A lane whose tasks run when the test says so. */
    static final class HandLane implements Environment.Lane {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private boolean running;
        private boolean closed;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        int waiting() {
            return tasks.size();
        }

        /** Runs so many of the tasks that wait. */
        void run(int count) {
            running = true;
            for (int i = 0; i < count && !closed; i++) {
                tasks.remove().run();
            }
            running = false;
        }

        @Override
        public boolean inLane() {
            return running;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Text in UTF-8; what begins with an exclamation mark cannot be decoded. */
    private static final class TextCodec implements PayloadCodec {
        @Override
        public void requireRegistered(Class<?> type) {}

        @Override
        public byte[] encode(Object value) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T decode(Class<T> type, ByteBuffer bytes) {
            String text = StandardCharsets.UTF_8.decode(bytes).toString();
            if (text.startsWith("!")) {
                throw new IllegalArgumentException("it begins with an exclamation mark");
            }
            return type.cast(text);
        }
    }

    void start(BroadcastLogs.Window window) {
        for (int rank = 0; rank < NAMES.length; rank++) {
            processes[rank] = new Member(rank, window);
        }
    }

    /** Starts all but one. */
    void startWithout(int late) {
        for (int rank = 0; rank < NAMES.length; rank++) {
            if (rank != late) {
                startLate(rank);
            }
        }
    }

    void startLate(int rank) {
        startOne(rank, new BroadcastLogs.Window(1 << 20, 1024));
    }

    void startOne(int rank, BroadcastLogs.Window window) {
        processes[rank] = new Member(rank, window);
    }

    /** That process is killed, and started again as another incarnation, which is in no view. */
    Member restart(int rank, long incarnation, BroadcastLogs.Window window) {
        processes[rank].transport.close();
        processes[rank] = new Member(rank, window, incarnation);
        return processes[rank];
    }

    /** Turns all loops, a millisecond apart. */
    void run(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            nanos += 1_000_000;
            for (Member process : processes) {
                if (process != null) {
                    process.loop.turn(0);
                }
            }
        }
        assertThat(errors).isEmpty();
    }

    static List<String> from(Member receiver, Member source) {
        return receiver.delivered.stream()
                .filter(text -> text.startsWith(source.self.name() + ":"))
                .toList();
    }
}
