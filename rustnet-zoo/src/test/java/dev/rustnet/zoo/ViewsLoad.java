package dev.rustnet.zoo;

import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.Load;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import java.util.function.BooleanSupplier;

/**
 * Broadcasts, and records the views between them.
 *
 * @param broadcasts what is sent
 */
record ViewsLoad(BroadcastLoad broadcasts) implements Load {
    @Override
    public int messages() {
        return broadcasts.messages();
    }

    @Override
    public ViewsLoad withMessages(int count) {
        return new ViewsLoad(broadcasts.withMessages(count));
    }

    /** The code that makes it. */
    @Override
    public String toString() {
        return "new ViewsLoad(" + broadcasts + ")";
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        process.node()
                .service(broadcasts.service())
                .channel("simulation")
                .onView(view -> process.record(new Event.InstallView(
                        view.number(),
                        view.members().stream().map(process::numberOf).toList())));
        return broadcasts.begin(process);
    }
}
