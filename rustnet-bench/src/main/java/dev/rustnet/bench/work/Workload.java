package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import java.util.Map;

/** What is measured; the first metric of each is the one that ratios are made of. */
public enum Workload {
    ONE_SENDER("a", "one process broadcasts flat out"),
    ALL_SEND("b", "all broadcast flat out"),
    LATENCY("c", "1,000 messages a second from one process, one way"),
    CRASH("d", "kill -9 of one, until the last of the others knows"),
    FORMATION("e", "all started at once, then idle"),
    VIEWS_IDLE("f", "one of the idle members leaves, and joins again"),
    VIEWS_LOADED("g", "all broadcast flat out, kill -9 of one, exclusion, and its next incarnation joins"),
    HEAP("h", "the smallest heap with 95 percent of the throughput of a heap of 1 GiB");

    private final String letter;
    private final String title;

    Workload(String letter, String title) {
        this.letter = letter;
        this.title = title;
    }

    /** How the command line and the tables call it. */
    public String letter() {
        return letter;
    }

    public String title() {
        return title;
    }

    /** Whether the length of a message matters. */
    public boolean sized() {
        return this == ONE_SENDER || this == ALL_SEND;
    }

    /** Whether nothing is broadcast. */
    public boolean withoutMessages() {
        return this == FORMATION || this == CRASH || this == VIEWS_IDLE;
    }

    /** Whether that contender can be asked for this at all. */
    public boolean suits(Contender contender) {
        return switch (this) {
            case ONE_SENDER, ALL_SEND -> true;
            case VIEWS_IDLE, VIEWS_LOADED -> contender == Contender.UNIFORM_RELIABLE;
            case HEAP -> !contender.yardstick();
            case LATENCY, CRASH, FORMATION -> contender != Contender.TRANSPORT;
        };
    }

    /** One launch. Takes from a few seconds to minutes. */
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        Measurement measurement =
                switch (this) {
                    case ONE_SENDER -> Throughput.ofSenders(1);
                    case ALL_SEND -> Throughput.ofAll();
                    case LATENCY -> new PacedLatency();
                    case CRASH -> new CrashNotice();
                    case FORMATION -> new Formation();
                    case VIEWS_IDLE -> new IdleViews();
                    case VIEWS_LOADED -> new LoadedViews();
                    case HEAP -> new SmallestHeap();
                };
        return measurement.measure(contender, scale);
    }
}
