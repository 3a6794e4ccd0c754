package dev.rustnet.bench.work;

import dev.rustnet.bench.member.Contender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts a group, lets it work, and reads off what it did. */
interface Measurement {
    /** The same heap for all; the collector that favours throughput. */
    List<String> LARGE_HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-XX:MaxDirectMemorySize=1g");

    Map<Metric, Double> measure(Contender contender, Scale scale);

    static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
