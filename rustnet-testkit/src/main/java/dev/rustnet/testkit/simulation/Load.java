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

    /** How many messages each process sends; 0 when this load does not count. */
    default int messages() {
        return 0;
    }

    /** The same with so many messages of each process; this one when it does not count. */
    default Load withMessages(int count) {
        return this;
    }
}
