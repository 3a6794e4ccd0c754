package dev.rustnet.testkit.simulation;

import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.testkit.events.Event;
import java.util.function.BooleanSupplier;

/**
 * Another load, with the views between the messages of a broadcast service recorded as events: what virtual synchrony and
 * view agreement are judged by.
 *
 * @param service whose messages the views stand between
 * @param load what is done besides
 */
public record ViewsLoad(Class<? extends Broadcast> service, Load load) implements Load {
    /** Records the views of the service that {@code broadcasts} uses. */
    public static ViewsLoad with(BroadcastLoad broadcasts) {
        return new ViewsLoad(broadcasts.service(), broadcasts);
    }

    @Override
    public int messages() {
        return load.messages();
    }

    @Override
    public ViewsLoad withMessages(int count) {
        return new ViewsLoad(service, load.withMessages(count));
    }

    /** The code that makes it. */
    @Override
    public String toString() {
        return "new ViewsLoad(" + service.getSimpleName() + ".class, " + load + ")";
    }

    @Override
    public BooleanSupplier begin(SimulatedProcess process) {
        process.node()
                .service(service)
                .channel("simulation")
                .onView(view -> process.record(new Event.InstallView(
                        view.number(),
                        view.members().stream().map(process::numberOf).toList())));
        return load.begin(process);
    }
}
