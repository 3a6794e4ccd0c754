package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.member.Sample;
import dev.rustnet.bench.process.JavaProcess;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** One process broadcasts at a steady pace; the others tell how long each message took, by the machine's one clock. */
final class PacedLatency implements Measurement {
    private static final int PER_SECOND = 1_000;
    private static final double NANOS_PER_MICRO = 1_000;

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        var launch = new Launch(
                contender,
                scale.members(),
                1,
                scale.messageLength(),
                scale.checksum(),
                true,
                LARGE_HEAP,
                scale.settings());
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            group.sayToSenders(1, "pace " + PER_SECOND);
            Measurement.pause(scale.warmUpSeconds());
            group.members().forEach(member -> member.say("forget"));
            List<Sample> before = group.samples();
            Measurement.pause(scale.seconds());
            List<Sample> after = group.samples();
            return figures(before, after, latencies(group));
        }
    }

    private static Histogram latencies(GroupUnderTest group) {
        var all = new Histogram(3);
        for (JavaProcess member : group.members()) {
            byte[] encoded = Base64.getDecoder().decode(member.ask("latencies"));
            all.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0));
        }
        return all;
    }

    private static Map<Metric, Double> figures(List<Sample> before, List<Sample> after, Histogram latencies) {
        double cores = 0;
        double wrong = 0;
        for (int i = 0; i < after.size(); i++) {
            cores += after.get(i).coresSince(before.get(i));
            wrong += after.get(i).wrong();
        }
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.P50, latencies.getValueAtPercentile(50) / NANOS_PER_MICRO);
        figures.put(Metric.P99, latencies.getValueAtPercentile(99) / NANOS_PER_MICRO);
        figures.put(Metric.P999, latencies.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
        figures.put(Metric.CORES, cores);
        figures.put(Metric.WRONG, wrong);
        return figures;
    }
}
