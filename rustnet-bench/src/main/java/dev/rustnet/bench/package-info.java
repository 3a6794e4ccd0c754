/**
 * Measures rustnet against a raw NIO program on the same work, in one run. Each node is a JVM of its own
 * ({@link dev.rustnet.bench.NodeProcess}), started by the benchmark from its own class path and steered by lines on its
 * standard input ({@link dev.rustnet.bench.NodeConsole}); what it has done is asked for twice, and the difference counts.
 * Absolute figures mean little: only ratios taken in one run do. {@link dev.rustnet.bench.HostileLatency} measures the
 * delay of deliveries under attack in the same way.
 */
@NullMarked
package dev.rustnet.bench;

import org.jspecify.annotations.NullMarked;
