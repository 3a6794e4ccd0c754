package dev.rustnet.plugins.lamportclock;

import com.typesafe.config.Config;
import dev.rustnet.clock.LamportClock;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;

/** Provides a Lamport clock, whose time every broadcast and send carries. */
public final class LamportClockComponent implements NetComponent {
    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("lamport-clock")
                .provides(LamportClock.class)
                .guarantees("what happened before has the smaller time")
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        PiggybackedLamportClock clock = new PiggybackedLamportClock(context.self());
        context.stamp(clock);
        context.provide(LamportClock.class, clock);
    }
}
