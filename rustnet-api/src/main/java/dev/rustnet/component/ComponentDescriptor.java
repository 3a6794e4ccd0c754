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
 * @param guarantees properties that it keeps, by their textbook names, such as {@code URB4 uniform agreement}
 * @param assumptions what must be true for that
 * @param breaks assumptions that a service of its would make true, and does not with these settings
 * @param alsoProvides services that it would provide with other settings, for reports that say what helps
 * @param becauseOf the settings that bring some of the assumptions, for reports that say what helps
 */
public record ComponentDescriptor(
        String name,
        List<Class<?>> provides,
        List<Class<?>> requires,
        List<Class<?>> requiresOptional,
        List<String> agreed,
        Map<String, Class<?>> payloads,
        List<String> guarantees,
        List<Assumption> assumptions,
        List<Broken> breaks,
        List<ProvidedWith> alsoProvides,
        List<AssumedWith> becauseOf) {
    /**
     * A service that a component provides only with another setting.
     *
     * @param service its interface
     * @param setting the key below the component's configuration and its value, such as {@code assume-synchrony = true}
     * @param soundWhere when that is right, such as {@code pauses are always shorter than its timeout}
     */
    public record ProvidedWith(Class<?> service, String setting, String soundWhere) {}

    /**
     * What others take to be true because of a service, and is not with a setting of its provider.
     *
     * @param setting the key below the component's configuration and its value, such as {@code neighbours = 3}
     */
    public record Broken(Assumption assumption, String setting) {}

    /**
     * What a component assumes only with a setting of its own.
     *
     * @param setting the key below the component's configuration and its value, such as {@code commit = majority}
     */
    public record AssumedWith(Assumption assumption, String setting) {}

    public ComponentDescriptor {
        provides = List.copyOf(provides);
        requires = List.copyOf(requires);
        requiresOptional = List.copyOf(requiresOptional);
        agreed = List.copyOf(agreed);
        payloads = Map.copyOf(payloads);
        guarantees = List.copyOf(guarantees);
        assumptions = List.copyOf(assumptions);
        breaks = List.copyOf(breaks);
        alsoProvides = List.copyOf(alsoProvides);
        becauseOf = List.copyOf(becauseOf);
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
        private final List<String> guarantees = new ArrayList<>();
        private final List<Assumption> assumptions = new ArrayList<>();
        private final List<Broken> breaks = new ArrayList<>();
        private final List<ProvidedWith> alsoProvides = new ArrayList<>();
        private final List<AssumedWith> becauseOf = new ArrayList<>();

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

        /**
         * Registers {@code type} as a payload under a name that is the same at every process, whatever the jars.
         *
         * <p>A record or a class may hold numbers, texts, booleans, arrays, lists, sets and maps of the JDK's plain kinds, {@code Optional},
         * {@code Instant}, {@code Duration}, {@code UUID}, {@code BigInteger}, {@code BigDecimal}, and values of other registered classes:
         * enums and nested records are registered too. Anything else is refused where it is sent, and named.
         */
        public Builder payload(String stableName, Class<?> type) {
            payloads.put(stableName, type);
            return this;
        }

        /** Properties that it keeps with these settings, by their textbook names: {@code URB4 uniform agreement}. */
        public Builder guarantees(String... properties) {
            return guarantees(List.of(properties));
        }

        /** See {@link #guarantees(String...)}. */
        public Builder guarantees(List<String> properties) {
            guarantees.addAll(properties);
            return this;
        }

        /**
         * What must be true for its guarantees, besides what the components that it uses assume themselves. The node does
         * not start (RN-016) when one is made true by a service that no component provides.
         */
        public Builder assumes(Assumption... assumed) {
            assumptions.addAll(List.of(assumed));
            return this;
        }

        /**
         * What must be true for its guarantees with a setting of its own, and need not be without it. A node that is refused
         * because of it names both that setting and the one that {@linkplain #breaks breaks} the assumption.
         *
         * @param setting a key of its own configuration and its value, such as {@code commit = majority}
         */
        public Builder assumesWith(String setting, Assumption assumption) {
            becauseOf.add(new AssumedWith(assumption, setting));
            return assumes(assumption);
        }

        /**
         * A service that it provides does not make true with these settings what others assume because of it: a node in
         * which somebody does is refused (RN-016).
         *
         * @param setting a key of its own configuration and its value, such as {@code neighbours = 3}
         */
        public Builder breaks(Assumption assumption, String setting) {
            breaks.add(new Broken(assumption, setting));
            return this;
        }

        /**
         * It does not provide {@code service} with these settings, but would with that one. A report that misses the service
         * says so.
         *
         * @param setting a key of its own configuration and a value, such as {@code assume-synchrony = true}
         * @param soundWhere when that is right: what the user has to know before setting it
         */
        public Builder providesWith(String setting, Class<?> service, String soundWhere) {
            alsoProvides.add(new ProvidedWith(service, setting, soundWhere));
            return this;
        }

        public ComponentDescriptor build() {
            return new ComponentDescriptor(
                    name,
                    provides,
                    requires,
                    requiresOptional,
                    agreed,
                    payloads,
                    guarantees,
                    assumptions,
                    breaks,
                    alsoProvides,
                    becauseOf);
        }
    }
}
