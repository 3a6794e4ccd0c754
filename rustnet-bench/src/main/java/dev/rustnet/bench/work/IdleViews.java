package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.process.JavaProcess;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * In a group that does nothing, the last member leaves and is started again, some times over. What a leave takes is measured from
 * the moment at which the member is told to close, so that its own draining, about a millisecond, is a part of it. What a join
 * takes, from the moment at which the first member stops, which is one round of messages after the proposer's question, to the
 * installation at the last.
 */
final class IdleViews implements Measurement {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ROUNDS = 5;

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        var launch = new Launch(
                contender,
                scale.members(),
                1,
                scale.messageLength(),
                false,
                false,
                LARGE_HEAP,
                scale.withViews().settings());
        List<Double> leaves = new ArrayList<>();
        List<Double> joins = new ArrayList<>();
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            Measurement.pause(scale.warmUpSeconds());
            int last = scale.members() - 1;
            for (int round = 0; round < ROUNDS; round++) {
                JavaProcess leaving = group.members().get(last);
                long told = Long.parseLong(leaving.ask("leave", "leaving"));
                List<ViewChange> without = ViewChange.heardBy(group.members().subList(0, last));
                leaves.add((ViewChange.lastInstalled(without) - told) / NANOS_PER_MILLI);

                group.startAgain(last).hear("joined");
                List<ViewChange> with = ViewChange.heardBy(group.members().subList(0, last));
                joins.add((ViewChange.lastInstalled(with) - ViewChange.firstStopped(with)) / NANOS_PER_MILLI);
            }
        }
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.LEAVE, median(leaves));
        figures.put(Metric.JOIN, median(joins));
        leaves.addAll(joins);
        figures.put(
                Metric.SLOWEST_CHANGE,
                leaves.stream().mapToDouble(millis -> millis).max().orElseThrow());
        return figures;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
