package dev.rustnet.testkit.simulation;

import java.util.function.BooleanSupplier;

/** What each process of a simulation is given to do. */
@FunctionalInterface
public interface Load {
    /**
     * Called for each incarnation when its node has been built and not started; wires handlers, and schedules what is to
     * be done with {@link SimulatedProcess#after}.
     *
     * @return whether this incarnation has done all; asked again and again
     */
    BooleanSupplier begin(SimulatedProcess process);
}
