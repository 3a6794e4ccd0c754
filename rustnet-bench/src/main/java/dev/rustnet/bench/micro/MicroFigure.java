package dev.rustnet.bench.micro;

import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured of one benchmark.
 *
 * @param name class and method, {@code Frame.encode}
 * @param with its parameters, {@code messages = 1000}; empty where it has none
 * @param nanos nanoseconds per operation, the mean
 * @param error half of the confidence interval around it, at 99.9 %; NaN for fewer than three iterations
 * @param bytes that were allocated on the heap per operation, over all its threads
 */
public record MicroFigure(String name, String with, double nanos, double error, double bytes) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static MicroFigure of(RunResult result) {
        BenchmarkParams params = result.getParams();
        String with = params.getParamsKeys().stream()
                .map(key -> key + " = " + params.getParam(key))
                .collect(Collectors.joining(", "));
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        if (allocated == null) {
            throw new IllegalStateException("JMH gave no " + ALLOCATED + " for " + params.getBenchmark());
        }
        return new MicroFigure(
                name(params.getBenchmark()),
                with,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                allocated.getScore());
    }

    /** The part of the full name that tells it from others. */
    static String name(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        return benchmark.substring(type + 1).replace("Benchmark.", ".");
    }
}
