/**
 * {@link dev.rustnet.bench.Bench} measures rustnet, JGroups and a raw NIO yardstick at the same work in one run. Each member of
 * a group is a JVM of its own ({@code member}); {@code work} says what is measured, {@code report} what is printed. Absolute
 * figures mean little: only ratios taken in one run do. {@code hostile} measures the delay of deliveries under attack, {@code micro}
 * the parts of rustnet one by one.
 */
@NullMarked
package dev.rustnet.bench;

import org.jspecify.annotations.NullMarked;
