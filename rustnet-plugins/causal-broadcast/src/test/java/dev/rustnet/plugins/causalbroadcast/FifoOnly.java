package dev.rustnet.plugins.causalbroadcast;

import com.typesafe.config.Config;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;

/** Calls itself causal and passes on what the broadcast below delivers: in the order of each source, and no other. */
final class FifoOnly implements NetComponent {
    private final Class<? extends Broadcast> over;

    FifoOnly(Class<? extends Broadcast> over) {
        this.over = over;
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("fifo-only")
                .provides(CausalBroadcast.class)
                .requires(over)
                .build();
    }

    @Override
    public void start(ComponentContext context) {
        Broadcast below = context.require(over);
        CausalBroadcast service = name -> below.channel("fifo-only/" + name);
        context.provide(CausalBroadcast.class, service);
    }
}
