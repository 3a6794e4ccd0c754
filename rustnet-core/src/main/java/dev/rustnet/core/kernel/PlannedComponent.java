package dev.rustnet.core.kernel;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import dev.rustnet.core.plan.Declaration;

/**
 * A component that has been asked everything.
 *
 * @param component the instance
 * @param declaration what it said, and where it is from
 * @param settings the keys that it knows
 * @param config its own configuration, checked
 */
record PlannedComponent(NetComponent component, Declaration declaration, Settings settings, Config config) {
    ComponentDescriptor descriptor() {
        return declaration.descriptor();
    }

    String name() {
        return descriptor().name();
    }
}
