/**
 * What is measured: each {@link dev.rustnet.bench.work.Workload} starts a group of fresh JVMs ({@link
 * dev.rustnet.bench.work.GroupUnderTest}), lets it work and reads off a {@link dev.rustnet.bench.work.Metric} or several.
 */
@NullMarked
package dev.rustnet.bench.work;

import org.jspecify.annotations.NullMarked;
