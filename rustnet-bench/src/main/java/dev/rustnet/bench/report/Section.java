package dev.rustnet.bench.report;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.work.Metric;
import dev.rustnet.bench.work.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All contenders at the same work. */
public final class Section {
    private final Workload workload;
    private final int members;
    private final int messageLength;
    private final Map<Contender, Line> lines = new EnumMap<>(Contender.class);

    /** Nobody has been measured yet. */
    public Section(Workload workload, int members, int messageLength) {
        this.workload = workload;
        this.members = members;
        this.messageLength = messageLength;
    }

    public Workload workload() {
        return workload;
    }

    public int members() {
        return members;
    }

    public int messageLength() {
        return messageLength;
    }

    /** In words, for a heading. */
    public String title() {
        return "(" + workload.letter() + ") " + workload.title() + ", " + members + " processes"
                + (workload.withoutMessages() ? "" : ", " + messageLength + " B");
    }

    /** Takes in one launch. */
    public void add(Contender contender, Map<Metric, Double> launch) {
        lines.computeIfAbsent(contender, Line::new).add(launch);
    }

    /** In the order of {@link Contender}. */
    public List<Line> lines() {
        return new ArrayList<>(lines.values());
    }

    /** The metric that ratios are made of. */
    public Metric main() {
        return switch (workload) {
            case ONE_SENDER, ALL_SEND -> Metric.RATE;
            case LATENCY -> Metric.P50;
            case CRASH -> Metric.LAST_KNOWS;
            case FORMATION -> Metric.FORMATION;
            case VIEWS_IDLE -> Metric.LEAVE;
            case VIEWS_LOADED -> Metric.RESUMED;
            case HEAP -> Metric.HEAP;
        };
    }

    /** The main metric of {@code line} divided by that of {@code other}; empty when one of them was not measured. */
    public Optional<Double> ratio(Line line, Contender other) {
        Line of = lines.get(other);
        if (of == null) {
            return Optional.empty();
        }
        return line.figure(main())
                .flatMap(figure -> of.figure(main()).map(divisor -> figure.median() / divisor.median()));
    }
}
