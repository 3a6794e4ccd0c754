package dev.rustnet.bench.micro;

import dev.rustnet.bus.Topic;
import dev.rustnet.core.bus.LoopTopicBus;
import java.util.ArrayDeque;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A notice on its way to the subscribers of its topic. */
@State(Scope.Thread)
public class TopicBusBenchmark {
    private static final Topic<String> TOPIC = Topic.of("bench.notice", String.class);
    private static final String NOTICE = "suspected";

    @Param({"1", "4"})
    private int subscribers;

    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final LoopTopicBus bus = new LoopTopicBus(later::add, error -> {
        throw new IllegalStateException(error);
    });
    private long heard;

    /** They count what they hear. */
    @Setup
    public void subscribe() {
        for (int i = 0; i < subscribers; i++) {
            bus.subscribe(TOPIC, notice -> heard += notice.length());
        }
    }

    /** Published, and handed over in what would be the next turn. */
    @Benchmark
    public long publishAndHandOver() {
        bus.publish(TOPIC, NOTICE);
        later.remove().run();
        return heard;
    }
}
