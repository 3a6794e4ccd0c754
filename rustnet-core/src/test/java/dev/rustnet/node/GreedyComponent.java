package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import jakarta.inject.Inject;

/** Asks for a service that it did not declare. */
final class GreedyComponent implements NetComponent {
    @Inject
    FailureDetector detector;

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("greedy").build();
    }

    @Override
    public void start(ComponentContext context) {
        context.log().log(System.Logger.Level.INFO, "suspects " + detector);
    }
}
