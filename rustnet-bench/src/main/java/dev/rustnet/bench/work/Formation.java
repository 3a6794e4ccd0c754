package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.member.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Starts all at once with the JVM's own defaults, and looks at what they use when they have nothing to do. */
final class Formation implements Measurement {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1024 * 1024;

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        var launch = new Launch(
                contender, scale.members(), 1, scale.messageLength(), false, false, List.of(), scale.settings());
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            Measurement.pause(scale.warmUpSeconds());
            List<Sample> before = group.samples();
            Measurement.pause(scale.seconds());
            List<Sample> after = group.samples();
            double cores = 0;
            double resident = 0;
            for (int i = 0; i < after.size(); i++) {
                cores += after.get(i).coresSince(before.get(i));
                resident += after.get(i).residentBytes();
            }
            Map<Metric, Double> figures = new EnumMap<>(Metric.class);
            figures.put(Metric.FORMATION, group.formationNanos() / NANOS_PER_SECOND);
            figures.put(Metric.RESIDENT, resident / after.size() / MIB);
            figures.put(Metric.CORES, cores);
            return figures;
        }
    }
}
