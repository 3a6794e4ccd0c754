package dev.rustnet.testkit.contract;

import dev.rustnet.broadcast.Broadcast;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What one run of garbage knows: the broadcast channels that anybody has opened, and how much was said. */
final class Babble {
    // State
    private final Map<Class<? extends Broadcast>, Set<String>> channels = new LinkedHashMap<>();
    private long spoken;

    void opened(Class<? extends Broadcast> service, String channel) {
        channels.computeIfAbsent(service, unused -> new LinkedHashSet<>()).add(channel);
    }

    void forEach(BiConsumer<Class<? extends Broadcast>, String> action) {
        channels.forEach(
                (service, names) -> Set.copyOf(names).stream().sorted().forEach(name -> action.accept(service, name)));
    }

    void said() {
        spoken++;
    }

    long spoken() {
        return spoken;
    }
}
