package dev.rustnet.plugins.vectorclock;

import com.typesafe.config.Config;
import dev.rustnet.clock.VectorClock;
import dev.rustnet.clock.VectorTimestamp;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Sink;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.View;
import java.util.function.BiConsumer;

/** Provides a vector clock, whose time every broadcast and send carries. */
public final class VectorClockComponent implements NetComponent {
    private static final String EXPORT = "export";

    @Override
    public Settings settings() {
        return Settings.none().text(EXPORT);
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("vector-clock")
                .provides(VectorClock.class)
                .requires(GroupMembership.class)
                .guarantees("one event happened before another exactly when its time is before")
                .assumes(Assumption.of(
                        "a vector clock at every process", "what a process without one does is not seen by the others"))
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        PiggybackedVectorClock clock = new PiggybackedVectorClock(context.group(), context.self(), events(context));
        context.require(GroupMembership.class).listen(new MembershipListener() {
            @Override
            public void viewInstalled(View view) {
                clock.viewInstalled(view);
            }
        });
        context.stamp(clock);
        context.provide(VectorClock.class, clock);
    }

    private static BiConsumer<String, VectorTimestamp> events(ComponentContext context) {
        String file = context.config().getString(EXPORT);
        if (file.isEmpty()) {
            return PiggybackedVectorClock.NOBODY;
        }
        Sink sink = context.sink(file);
        return new ShiVizLog(context.self().name(), sink::line);
    }
}
