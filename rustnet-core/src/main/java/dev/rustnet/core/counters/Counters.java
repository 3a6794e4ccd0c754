package dev.rustnet.core.counters;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of one node. Names look like {@code reliable-broadcast.dropped.no-listener}. */
public final class Counters {
    private final Map<String, Counter> byName = new ConcurrentHashMap<>();

    /** The counter of that name; the same name gives the same counter. Look it up once, not on the hot path. */
    public Counter counter(String name) {
        return byName.computeIfAbsent(name, unused -> new Counter());
    }

    /** All values, by name. */
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> values = new TreeMap<>();
        byName.forEach((name, counter) -> values.put(name, counter.value()));
        return values;
    }
}
