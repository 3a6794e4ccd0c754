package dev.rustnet.launcher.scenario;

import java.util.List;
import java.util.stream.LongStream;

/** Prints the hashes of some runs, for another JVM to compare. */
final class TraceHashes {
    private static final int SEEDS = 6;

    private TraceHashes() {}

    static List<String> lines() {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> seed + " "
                        + Long.toHexString(
                                SimulationDeterminismTest.run(seed).trace().hash()))
                .toList();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }
}
