package dev.rustnet.testkit.contract.planted;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;

/** Takes the time from outside. */
public final class ReadsTheClock implements NetComponent {
    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("reads-the-clock").build();
    }

    @Override
    public void start(ComponentContext context) {
        context.log().log(System.Logger.Level.INFO, "it is " + System.currentTimeMillis());
    }
}
