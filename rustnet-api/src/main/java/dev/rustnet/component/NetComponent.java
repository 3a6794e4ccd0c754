package dev.rustnet.component;

import com.typesafe.config.Config;

/**
 * A component of a node: a plug-in, found with {@link java.util.ServiceLoader} (listed in
 * {@code META-INF/services/dev.rustnet.component.NetComponent}), with a public constructor without parameters.
 *
 * <p>A component runs on its node's event loop: every handler it registers is called there, one at a time, to
 * completion, never concurrently. It must not block, and gets time, timers, randomness, network, files, threads and
 * configuration from its {@link ComponentContext} alone: no clock, thread, executor, random generator, socket, file or
 * static mutable state of its own. That is what lets the same jar run in production and in the simulator. Work that must
 * block goes through {@link ComponentContext#blocking()}.
 *
 * <p>Life cycle: constructor, {@link #settings}, {@link #descriptor}, {@link #start}, and {@link #stop} if start was
 * called and returned. Members annotated with {@code jakarta.inject.Inject} are injected just before start.
 */
public interface NetComponent {
    /** The keys of the component's configuration, with type and range. A pure function; called before all else. */
    default Settings settings() {
        return Settings.none();
    }

    /**
     * What the component is called, provides and requires. A pure function of its own configuration, which has been
     * checked against {@link #settings}; called before anything starts.
     *
     * @param own {@code rustnet.components.<name>} over the {@code reference.conf} of the component's jar
     * @throws InvalidSettingException when values that are valid alone do not go together
     */
    ComponentDescriptor descriptor(Config own);

    /**
     * Wires the component: handlers, headers, services. Called in start order, after every component it requires. No
     * message is sent or received before all have been wired; timers set here start with the node.
     *
     * @throws Exception whatever prevents the start; the kernel reports it, stops what was started, in reverse order
     */
    void start(ComponentContext context) throws Exception;

    /** Releases what start took and the context does not own. Called on the loop, in reverse start order. */
    default void stop() throws Exception {}
}
