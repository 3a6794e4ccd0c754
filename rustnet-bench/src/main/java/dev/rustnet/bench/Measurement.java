package dev.rustnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The result of one launch.
 *
 * @param rate messages per second delivered at the slowest node
 * @param cpuMicros processor time of all nodes for one message, in microseconds
 * @param allocatedBytes of all nodes for one message delivered at one node
 */
record Measurement(double rate, double cpuMicros, double allocatedBytes) {
    /** Lets nodes that are at work warm up, and measures what they do after that. */
    static Measurement of(List<NodeProcess> nodes, Workload workload) {
        pause(workload.warmUpSeconds());
        List<Sample> before = samples(nodes);
        pause(workload.seconds());
        List<Sample> after = samples(nodes);
        double rate = Double.MAX_VALUE;
        double cpuNanos = 0;
        double allocated = 0;
        double messages = 0;
        for (int i = 0; i < nodes.size(); i++) {
            rate = Math.min(rate, after.get(i).rateSince(before.get(i)));
            cpuNanos += after.get(i).cpuNanos() - before.get(i).cpuNanos();
            allocated += after.get(i).allocatedBytes() - before.get(i).allocatedBytes();
            messages += after.get(i).messages() - before.get(i).messages();
        }
        double broadcasts = messages / nodes.size();
        return new Measurement(rate, cpuNanos / broadcasts / 1_000, allocated / messages);
    }

    /** The one with the median rate. */
    static Measurement median(List<Measurement> launches) {
        return launches.stream()
                .sorted((a, b) -> Double.compare(a.rate, b.rate))
                .skip((launches.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    static List<Sample> samples(List<NodeProcess> nodes) {
        List<Sample> samples = new ArrayList<>();
        nodes.forEach(node -> samples.add(node.sample()));
        return samples;
    }

    static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
