package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.member.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Broadcasts flat out; the slowest member decides. */
final class Throughput implements Measurement {
    private static final double MIB = 1024 * 1024;

    private final int senders;

    private Throughput(int senders) {
        this.senders = senders;
    }

    static Throughput ofSenders(int senders) {
        return new Throughput(senders);
    }

    static Throughput ofAll() {
        return new Throughput(Integer.MAX_VALUE);
    }

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        return measure(contender, scale, LARGE_HEAP);
    }

    Map<Metric, Double> measure(Contender contender, Scale scale, List<String> jvmOptions) {
        int sending = Math.min(senders, scale.members());
        var launch = new Launch(
                contender,
                scale.members(),
                sending,
                scale.messageLength(),
                scale.checksum(),
                false,
                jvmOptions,
                scale.settings());
        try (GroupUnderTest group = GroupUnderTest.start(launch)) {
            group.sayToSenders(sending, "flood");
            Measurement.pause(scale.warmUpSeconds());
            List<Sample> before = group.samples();
            Measurement.pause(scale.seconds());
            return figures(before, group.samples());
        }
    }

    private static Map<Metric, Double> figures(List<Sample> before, List<Sample> after) {
        double rate = Double.MAX_VALUE;
        double cpuNanos = 0;
        double allocated = 0;
        double messages = 0;
        double switches = 0;
        double resident = 0;
        double control = 0;
        double written = 0;
        double wrong = 0;
        for (int i = 0; i < after.size(); i++) {
            Sample from = before.get(i);
            Sample to = after.get(i);
            rate = Math.min(rate, to.rateSince(from));
            cpuNanos += to.cpuNanos() - from.cpuNanos();
            allocated += to.allocatedBytes() - from.allocatedBytes();
            messages += to.messages() - from.messages();
            switches += to.switches() - from.switches();
            resident += to.residentBytes();
            control += to.controlBytes() - from.controlBytes();
            written += to.writtenBytes() - from.writtenBytes();
            wrong += to.wrong();
        }
        double broadcasts = messages / after.size();
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.RATE, rate);
        figures.put(Metric.CPU_PER_BROADCAST, cpuNanos / broadcasts / 1_000);
        figures.put(Metric.ALLOCATED, allocated / messages);
        figures.put(Metric.SWITCHES, 1_000 * switches / broadcasts);
        figures.put(Metric.RESIDENT, resident / after.size() / MIB);
        figures.put(Metric.WRONG, wrong);
        if (written > 0) {
            figures.put(Metric.CONTROL, 100 * control / written);
        }
        return figures;
    }
}
