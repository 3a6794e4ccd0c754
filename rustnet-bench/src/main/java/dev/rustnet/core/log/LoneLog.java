package dev.rustnet.core.log;

import dev.rustnet.broadcast.BroadcastLog.Acknowledgement;
import dev.rustnet.broadcast.BroadcastLog.Retention;
import dev.rustnet.broadcast.BroadcastProtocol;
import dev.rustnet.core.bus.LoopTopicBus;
import dev.rustnet.core.codec.PayloadTable;
import dev.rustnet.core.codec.RecordCodec;
import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.link.Identity;
import dev.rustnet.core.link.LinkLayer;
import dev.rustnet.core.link.LinkSettings;
import dev.rustnet.core.link.OnRefusal;
import dev.rustnet.core.loop.EventLoop;
import dev.rustnet.core.loop.TimeSource;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Builds the log of a process whose links lead nowhere yet: enough to write and read what links would carry. */
final class LoneLog {
    private static final int MAX_MESSAGE = 1 << 20;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int WINDOW_MESSAGES = 1024;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final TimeSource TIME_STANDS_STILL = new TimeSource() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    };

    private LoneLog() {}

    /** The log of the first of so many members, in their first view. */
    static RetainedBroadcastLog of(int members) {
        Group group = new Group(IntStream.range(0, members)
                .mapToObj(i -> String.format("p%02d", i))
                .map(name -> new Group.Member(name, name))
                .toList());
        ProcessId self = new ProcessId(group.members().get(0).name(), 1);
        EventLoop loop = new EventLoop(TIME_STANDS_STILL, WINDOW_MESSAGES, LoneLog::fail);
        Counters counters = new Counters();
        System.Logger log = System.getLogger("bench");
        LinkLayer links = new LinkLayer(
                new Identity(self, "bench", self.name(), group, new TreeMap<>(), new TreeSet<>(), new TreeSet<>()),
                new LinkSettings(MAX_MESSAGE, WINDOW_BYTES, WINDOW_MESSAGES, PAUSE, PAUSE, PAUSE, PAUSE, PAUSE, false),
                loop,
                new Random(0),
                counters,
                log,
                new NobodyIsRefused());
        LogParts parts = new LogParts(
                self,
                links,
                loop,
                new RecordCodec(PayloadTable.of(Map.of()), MAX_MESSAGE),
                counters,
                new DeadLetters(0, loop.clock()),
                new LoopTopicBus(loop::later, LoneLog::fail),
                log,
                name -> {
                    throw new IllegalStateException("handlers are called on the loop");
                },
                MAX_MESSAGE);
        RetainedBroadcastLog built = new RetainedBroadcastLog(
                "bench",
                new BroadcastLogs.Window(WINDOW_BYTES, WINDOW_MESSAGES),
                Retention.BY_ALL,
                Acknowledgement.TO_ALL,
                new Silence(),
                parts,
                new DeliveryQueue(loop, PAUSE.toNanos()),
                BroadcastLogs.DeliverOn.LOOP);
        View first = new View(
                1,
                group.members().stream()
                        .map(member -> ProcessId.named(member.name()))
                        .toList());
        built.install(first, new long[members]);
        return built;
    }

    private static void fail(Throwable error) {
        throw new IllegalStateException(error);
    }

    /** Sends and delivers nothing. */
    private static final class Silence implements BroadcastProtocol {
        @Override
        public void viewInstalled(View view) {}

        @Override
        public void received(int source, long upTo) {}

        @Override
        public void acked(int process, int source, long upTo) {}

        @Override
        public void removed(int process) {}
    }

    private static final class NobodyIsRefused implements OnRefusal {
        @Override
        public void excluded(String sentence) {
            throw new IllegalStateException(sentence);
        }

        @Override
        public void outdated(String sentence, long highest) {
            throw new IllegalStateException(sentence);
        }
    }
}
