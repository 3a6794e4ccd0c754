/**
 * A load generator over any broadcast service: {@link Workload} broadcasts and verifies, {@link EventLog} writes down
 * what happened in the format that the property checkers read, {@link WorkloadReport} says how fast it was, and {@link
 * WorkloadComponent} wires them to a node.
 */
@NullMarked
package dev.rustnet.plugins.workload;

import org.jspecify.annotations.NullMarked;
