package dev.rustnet.bench.hostile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Latencies of one phase.
 *
 * @param count how many
 * @param p50Nanos half of them are no longer
 * @param p99Nanos 99 of 100 are no longer
 */
record Latencies(int count, long p50Nanos, long p99Nanos) {
    static Latencies of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted.length, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
    }

    static Latencies parse(String line) {
        String[] words = line.split(" ", -1);
        return new Latencies(Integer.parseInt(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** The median of each figure. */
    static Latencies median(List<Latencies> phases) {
        int middle = (phases.size() - 1) / 2;
        List<Latencies> byP50 = phases.stream()
                .sorted(Comparator.comparingLong(Latencies::p50Nanos))
                .toList();
        List<Latencies> byP99 = phases.stream()
                .sorted(Comparator.comparingLong(Latencies::p99Nanos))
                .toList();
        return new Latencies(byP50.get(middle).count, byP50.get(middle).p50Nanos, byP99.get(middle).p99Nanos);
    }

    @Override
    public String toString() {
        return count + " " + p50Nanos + " " + p99Nanos;
    }
}
