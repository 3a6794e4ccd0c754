package dev.rustnet.core.counters;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The counters of one node. Names look like {@code reliable-broadcast.dropped.no-listener}. */
public final class Counters {
    private final Map<String, Counter> byName = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> levels = new ConcurrentHashMap<>();
    /** By stream and member: a name for each number of each member would take more memory than the numbers. */
    private final Map<String, Map<String, Books>> books = new ConcurrentHashMap<>();

    /** The counter of that name; the same name gives the same counter. Look it up once, not on the hot path. */
    public Counter counter(String name) {
        return byName.computeIfAbsent(name, unused -> new Counter());
    }

    /**
     * Adds a number that also falls, asked for its value at each {@link #snapshot}.
     *
     * @param value reads state of the loop, late perhaps, on any thread
     */
    public void level(String name, LongSupplier value) {
        levels.put(name, value);
    }

    /** The books of one stream on one member; the same names give the same books. */
    Books books(String stream, String member) {
        return books.computeIfAbsent(stream, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(member, unused -> new Books());
    }

    /** All values, by name. */
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> values = new TreeMap<>();
        byName.forEach((name, counter) -> values.put(name, counter.value()));
        levels.forEach((name, value) -> values.put(name, value.getAsLong()));
        books.forEach((stream, ofMembers) ->
                ofMembers.forEach((member, of) -> of.put(stream + ".to." + member + ".", values)));
        return values;
    }
}
