package dev.rustnet.core.plan;

import dev.rustnet.component.ComponentDescriptor;
import java.util.Optional;

/**
 * What a component says of itself, and where that is from.
 *
 * @param descriptor name and services
 * @param className its class
 * @param jar where that was found
 * @param disabledAt the place in the configuration that disables it
 * @param configuredAt the place in the configuration that the user wrote about it, for reports
 */
public record Declaration(
        ComponentDescriptor descriptor,
        String className,
        String jar,
        Optional<String> disabledAt,
        Optional<String> configuredAt) {
    String name() {
        return descriptor.name();
    }

    boolean enabled() {
        return disabledAt.isEmpty();
    }

    boolean provides(Class<?> service) {
        return descriptor.provides().contains(service);
    }

    /** Class and jar, as reports show them. */
    public String place() {
        return className + " (" + jar + ")";
    }
}
