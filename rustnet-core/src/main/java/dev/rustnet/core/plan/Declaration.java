package dev.rustnet.core.plan;

import dev.rustnet.component.ComponentDescriptor;
import java.util.Map;
import java.util.Optional;

/**
 * What a component says of itself, and where that is from.
 *
 * @param descriptor name and services
 * @param className its class
 * @param jar where that was found
 * @param disabledAt the place in the configuration that disables it
 * @param configuredAt the place in the configuration that the user wrote about it, for reports
 * @param settingsAt the places of the settings that its descriptor names, such as {@code commit = majority}, where they are known
 */
public record Declaration(
        ComponentDescriptor descriptor,
        String className,
        String jar,
        Optional<String> disabledAt,
        Optional<String> configuredAt,
        Map<String, String> settingsAt) {
    public Declaration {
        settingsAt = Map.copyOf(settingsAt);
    }

    /** Of which no place of a single setting is known. */
    public Declaration(
            ComponentDescriptor descriptor,
            String className,
            String jar,
            Optional<String> disabledAt,
            Optional<String> configuredAt) {
        this(descriptor, className, jar, disabledAt, configuredAt, Map.of());
    }

    String name() {
        return descriptor.name();
    }

    boolean enabled() {
        return disabledAt.isEmpty();
    }

    boolean provides(Class<?> service) {
        return descriptor.provides().contains(service);
    }

    /** A setting of its own in full, and where it stands. */
    String place(String setting) {
        String place = settingsAt.get(setting);
        return "rustnet.components." + name() + "." + setting + (place == null ? "" : " (" + place + ")");
    }

    /** Class and jar, as reports show them. */
    public String place() {
        return className + " (" + jar + ")";
    }
}
