package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.process.JavaProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for the smallest of some heaps with which the throughput of one sender stays within 95 % of that with 1 GiB. Off the
 * heap, all have what they need.
 */
final class SmallestHeap implements Measurement {
    private static final int[] HEAPS_MIB = {8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768};
    private static final int LARGE_MIB = 1024;
    private static final double ENOUGH = 0.95;

    @Override
    public Map<Metric, Double> measure(Contender contender, Scale scale) {
        var throughput = Throughput.ofSenders(1);
        double enough = ENOUGH * throughput.measure(contender, scale).getOrDefault(Metric.RATE, 0.0);
        int low = 0;
        int high = HEAPS_MIB.length;
        Map<Metric, Double> best = Map.of();
        while (low < high) {
            int middle = (low + high) / 2;
            Map<Metric, Double> figures = tried(throughput, contender, scale, HEAPS_MIB[middle]);
            if (figures.getOrDefault(Metric.RATE, 0.0) >= enough) {
                best = figures;
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Map<Metric, Double> result = new EnumMap<>(Metric.class);
        result.put(Metric.HEAP, (double) (high == HEAPS_MIB.length ? LARGE_MIB : HEAPS_MIB[high]));
        result.putAll(best);
        return result;
    }

    /** Nothing when the members do not live with so little. */
    private static Map<Metric, Double> tried(Throughput throughput, Contender contender, Scale scale, int heapMib) {
        List<String> options = List.of(
                "-Xms" + heapMib + "m",
                "-Xmx" + heapMib + "m",
                "-XX:+UseParallelGC",
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+ExitOnOutOfMemoryError");
        try {
            return throughput.measure(contender, scale, options);
        } catch (JavaProcess.EndedException e) {
            return Map.of();
        }
    }
}
