package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.process.JavaProcess;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All but the last member broadcast flat out; that one is killed, excluded, started again, and joins. Measured at those that
 * broadcast: how long after the kill something is delivered again, for which the suspicion is enough; how long after it the view
 * without the killed one is in force; and how long nothing is delivered around each of the two views. Until the exclusion what
 * the killed one has not acknowledged is kept, so that flat out the windows are full soon, and nothing is delivered: that time is
 * told for itself, and the pause of the exclusion is counted from the moment at which the first member stops.
 */
final class LoadedViews implements Measurement {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** A time in which nothing was delivered at one member. */
    private record Gap(long fromNanos, long toNanos) {
        boolean touches(long from, long to) {
            return toNanos >= from && fromNanos <= to;
        }
    }

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        int last = scale.members() - 1;
        var launch = new Launch(
                contender,
                scale.members(),
                last,
                scale.messageLength(),
                scale.checksum(),
                false,
                LARGE_HEAP,
                scale.withViews().settings());
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            List<JavaProcess> survivors = List.copyOf(group.members().subList(0, last));
            group.sayToSenders(last, "flood");
            Measurement.pause(scale.warmUpSeconds());
            survivors.forEach(member -> member.say("watch"));
            Measurement.pause(1);

            long killed = System.nanoTime();
            group.members().get(last).kill();
            List<Long> suspected = survivors.stream()
                    .map(member -> Long.valueOf(member.hear("lost")))
                    .toList();
            List<ViewChange> without = ViewChange.heardBy(survivors);
            Measurement.pause(scale.seconds());

            long started = System.nanoTime();
            group.startAgain(last).hear("joined");
            List<ViewChange> with = ViewChange.heardBy(survivors);
            Measurement.pause(scale.seconds());

            return figures(gaps(survivors), killed, suspected, without, started, with, group);
        }
    }

    private static List<List<Gap>> gaps(List<JavaProcess> members) {
        List<List<Gap>> all = new ArrayList<>();
        for (JavaProcess member : members) {
            List<Gap> gaps = new ArrayList<>();
            for (String gap : member.ask("gaps").split(" ")) {
                String[] ends = gap.split(":");
                gaps.add(new Gap(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
            }
            all.add(gaps);
        }
        return all;
    }

    private static Map<Metric, Double> figures(
            List<List<Gap>> gaps,
            long killed,
            List<Long> suspected,
            List<ViewChange> without,
            long started,
            List<ViewChange> with,
            GroupUnderTest group) {
        long resumed = 0;
        long blocked = 0;
        long exclusion = 0;
        long join = 0;
        for (int member = 0; member < gaps.size(); member++) {
            long stopped = ViewChange.firstStopped(without);
            long knows = suspected.get(member);
            long again = knows;
            for (Gap gap : gaps.get(member)) {
                if (gap.touches(knows, knows)) {
                    again = gap.toNanos();
                }
                if (gap.touches(knows, stopped)) {
                    blocked = Math.max(blocked, Math.min(stopped, gap.toNanos()) - gap.fromNanos());
                }
                if (gap.touches(stopped, without.get(member).installedNanos())) {
                    exclusion = Math.max(exclusion, gap.toNanos() - Math.max(stopped, gap.fromNanos()));
                }
                if (gap.touches(started, with.get(member).installedNanos() + (long) NANOS_PER_SECOND)) {
                    join = Math.max(join, gap.toNanos() - gap.fromNanos());
                }
            }
            resumed = Math.max(resumed, again - killed);
        }
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.RESUMED, resumed / NANOS_PER_MILLI);
        figures.put(Metric.EXCLUDED, (ViewChange.lastInstalled(without) - killed) / NANOS_PER_SECOND);
        figures.put(Metric.BLOCKED, blocked / NANOS_PER_SECOND);
        figures.put(Metric.PAUSE_OF_EXCLUSION, exclusion / NANOS_PER_MILLI);
        figures.put(Metric.PAUSE_OF_JOIN, join / NANOS_PER_MILLI);
        double wrong = 0;
        for (var sample : group.samples()) {
            wrong += sample.wrong();
        }
        figures.put(Metric.WRONG, wrong);
        return figures;
    }
}
