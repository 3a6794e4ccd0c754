package dev.rustnet.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a component is called, which services it provides, and which it needs. Services are named by their interfaces,
 * never by the component that provides them.
 *
 * @param name kebab-case: the key under {@code rustnet.components}
 * @param provides the services it will {@linkplain ComponentContext#provide provide} in start, each of them
 * @param requires services without which it cannot start
 * @param requiresOptional services that it uses when they are there
 * @param agreed keys of its configuration that must have the same value at every process, because they touch guarantees
 * @param payloads classes that it sends as payloads, by the stable name under which every process registers them
 */
public record ComponentDescriptor(
        String name,
        List<Class<?>> provides,
        List<Class<?>> requires,
        List<Class<?>> requiresOptional,
        List<String> agreed,
        Map<String, Class<?>> payloads) {
    public ComponentDescriptor {
        provides = List.copyOf(provides);
        requires = List.copyOf(requires);
        requiresOptional = List.copyOf(requiresOptional);
        agreed = List.copyOf(agreed);
        payloads = Map.copyOf(payloads);
    }

    /** Starts a descriptor for the component of that name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the parts of a descriptor. */
    public static final class Builder {
        private final String name;
        private final List<Class<?>> provides = new ArrayList<>();
        private final List<Class<?>> requires = new ArrayList<>();
        private final List<Class<?>> requiresOptional = new ArrayList<>();
        private final List<String> agreed = new ArrayList<>();
        private final Map<String, Class<?>> payloads = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        public Builder provides(Class<?> service) {
            provides.add(service);
            return this;
        }

        public Builder requires(Class<?> service) {
            requires.add(service);
            return this;
        }

        public Builder requiresOptional(Class<?> service) {
            requiresOptional.add(service);
            return this;
        }

        /** The value of {@code key} must be the same at every process. */
        public Builder agreed(String key) {
            agreed.add(key);
            return this;
        }

        /** Registers {@code type} as a payload under a name that is the same at every process, whatever the jars. */
        public Builder payload(String stableName, Class<?> type) {
            payloads.put(stableName, type);
            return this;
        }

        public ComponentDescriptor build() {
            return new ComponentDescriptor(name, provides, requires, requiresOptional, agreed, payloads);
        }
    }
}
