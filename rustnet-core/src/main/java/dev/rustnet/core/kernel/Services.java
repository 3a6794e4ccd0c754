package dev.rustnet.core.kernel;

import dev.rustnet.component.ComponentDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of one node. Written while components start, read by them and by the application. */
final class Services {
    // State
    private final Map<Class<?>, Object> byInterface = new HashMap<>();

    /** A component provides a service, as it declared. */
    <T> void provide(ComponentDescriptor owner, Class<T> service, T provider) {
        if (!owner.provides().contains(service)) {
            throw new IllegalStateException(owner.name() + " provides " + service.getSimpleName()
                    + ", which its descriptor does not declare: add .provides(" + service.getSimpleName() + ".class)");
        }
        if (byInterface.putIfAbsent(service, service.cast(provider)) != null) {
            throw new IllegalStateException(
                    owner.name() + " provides " + service.getSimpleName() + " for the second time");
        }
    }

    /** The services that {@code owner} declared and did not provide. */
    List<Class<?>> missing(ComponentDescriptor owner) {
        return owner.provides().stream()
                .filter(service -> !byInterface.containsKey(service))
                .toList();
    }

    <T> T require(ComponentDescriptor user, Class<T> service) {
        if (!user.requires().contains(service)) {
            throw new IllegalStateException(user.name() + " requires " + service.getSimpleName()
                    + ", which its descriptor does not declare: add .requires(" + service.getSimpleName() + ".class)");
        }
        return find(service)
                .orElseThrow(() -> new IllegalStateException(service.getSimpleName() + " has not been provided"));
    }

    <T> Optional<T> find(ComponentDescriptor user, Class<T> service) {
        if (!user.requires().contains(service) && !user.requiresOptional().contains(service)) {
            throw new IllegalStateException(user.name() + " looks for " + service.getSimpleName()
                    + ", which its descriptor does not declare: add .requiresOptional(" + service.getSimpleName()
                    + ".class)");
        }
        return find(service);
    }

    <T> Optional<T> find(Class<T> service) {
        return Optional.ofNullable(byInterface.get(service)).map(service::cast);
    }

    /** What there is, for a message. */
    String names() {
        List<String> names =
                byInterface.keySet().stream().map(Class::getSimpleName).sorted().toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
