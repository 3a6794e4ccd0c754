package dev.rustnet.testkit.standin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.InvalidSettingException;
import dev.rustnet.component.NetComponent;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Components for the services that every node needs and many components use: {@link FailureDetector}, {@link
 * GroupMembership}, best-effort, reliable and uniform reliable broadcast. They are for tests: correct, short, and wasteful.
 */
public final class StandIns {
    private StandIns() {}

    /** One for each of these services, made anew. */
    public static List<NetComponent> all() {
        return besides(List.of(), ConfigFactory.empty(), (service, channel) -> {});
    }

    /**
     * One for each of these services that none of {@code components} provides.
     *
     * @param components those that there are
     * @param effective the effective configuration, the subtree {@code rustnet}
     * @param opened is told of each channel that is opened at one of the broadcasts
     */
    public static List<NetComponent> besides(
            Collection<? extends NetComponent> components,
            Config effective,
            BiConsumer<Class<? extends Broadcast>, String> opened) {
        Set<Class<?>> provided = new LinkedHashSet<>();
        components.forEach(component -> provided.addAll(services(component, effective)));
        List<NetComponent> added = new ArrayList<>();
        if (!provided.contains(FailureDetector.class)) {
            added.add(new StandInDetector());
        }
        if (!provided.contains(GroupMembership.class)) {
            added.add(new StandInMembership());
        }
        for (StandInBroadcast.Guarantee guarantee : StandInBroadcast.Guarantee.values()) {
            if (!provided.contains(guarantee.service())) {
                added.add(new StandInBroadcast(guarantee, opened));
            }
        }
        return added;
    }

    /** A descriptor depends on the configuration that stands under the name in it: the name is tried out. */
    private static List<Class<?>> services(NetComponent component, Config effective) {
        List<Config> candidates = new ArrayList<>(List.of(ConfigFactory.empty()));
        if (effective.hasPath("components")) {
            effective.getObject("components").keySet().stream()
                    .sorted()
                    .forEach(name ->
                            candidates.add(effective.getConfig("components").getConfig(quoted(name))));
        }
        List<Class<?>> services = List.of();
        for (Config candidate : candidates) {
            try {
                ComponentDescriptor descriptor = component.descriptor(candidate);
                Config own = effective.hasPath("components." + quoted(descriptor.name()))
                        ? effective.getConfig("components." + quoted(descriptor.name()))
                        : ConfigFactory.empty();
                boolean enabled = !own.hasPath("enabled") || own.getBoolean("enabled");
                services = enabled ? component.descriptor(own).provides() : List.of();
                return services;
            } catch (ConfigException | InvalidSettingException e) {
                // These are not its own values; if none are, the node that is built says what is wrong.
            }
        }
        return services;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
