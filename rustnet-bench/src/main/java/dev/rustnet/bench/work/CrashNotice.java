package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.process.JavaProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Kills the last member in the middle of a quiet time, and waits until each of the others says that it knows. */
final class CrashNotice implements Measurement {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        var launch = new Launch(
                contender, scale.members(), 1, scale.messageLength(), false, false, LARGE_HEAP, scale.settings());
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            Measurement.pause(scale.warmUpSeconds());
            List<JavaProcess> survivors = group.members().subList(0, scale.members() - 1);
            long killedNanos = System.nanoTime();
            group.members().get(scale.members() - 1).kill();
            long last = killedNanos;
            for (JavaProcess survivor : survivors) {
                last = Math.max(last, Long.parseLong(survivor.hear("lost")));
            }
            Map<Metric, Double> figures = new EnumMap<>(Metric.class);
            figures.put(Metric.LAST_KNOWS, (last - killedNanos) / NANOS_PER_MILLI);
            return figures;
        }
    }
}
