/**
 * The simulator: real nodes with real components on a virtual clock and a simulated network, all on one thread, all from
 * one seed.
 *
 * <p>Begin with {@link dev.rustnet.testkit.simulation.Simulation}. What goes wrong, and when, is a
 * {@link dev.rustnet.testkit.simulation.FaultPlan}, written by hand or drawn from the seed; how the network behaves
 * otherwise, {@link dev.rustnet.testkit.simulation.NetworkOptions}. {@link dev.rustnet.testkit.simulation.ScenarioSeeds}
 * runs a scenario over many seeds.
 */
@NullMarked
package dev.rustnet.testkit.simulation;

import org.jspecify.annotations.NullMarked;
