package dev.rustnet.node;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentContext;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;

/** Listed in the provider file of broken-providers. */
public final class ThrowingConstructorComponent implements NetComponent {
    public ThrowingConstructorComponent() {
        throw new IllegalStateException("the dog ate my port");
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return ComponentDescriptor.named("throwing-constructor").build();
    }

    @Override
    public void start(ComponentContext context) {}
}
