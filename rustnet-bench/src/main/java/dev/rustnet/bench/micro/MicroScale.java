package dev.rustnet.bench.micro;

import java.time.Duration;

/**
 * How often each benchmark runs.
 *
 * @param forks JVMs, one after the other; 0 to run in the JVM of the caller, which is good for a test only
 * @param warmUps iterations before anything counts, in each of them
 * @param iterations that count, in each of them
 * @param each how long an iteration lasts
 */
public record MicroScale(int forks, int warmUps, int iterations, Duration each) {}
