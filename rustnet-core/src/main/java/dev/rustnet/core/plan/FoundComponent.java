package dev.rustnet.core.plan;

import dev.rustnet.component.NetComponent;

/**
 * A component that there is, before anybody asked it anything.
 *
 * @param component the instance
 * @param className its class
 * @param jar where that was found
 */
public record FoundComponent(NetComponent component, String className, String jar) {
    /** A component that was handed over as an instance. */
    public static FoundComponent of(NetComponent component) {
        return new FoundComponent(component, component.getClass().getName(), Jars.of(component.getClass()));
    }
}
