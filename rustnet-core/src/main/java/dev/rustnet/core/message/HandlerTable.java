package dev.rustnet.core.message;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Handlers by the class of what they take. Any thread. */
final class HandlerTable<H> {
    private record Entry<H>(Class<?> type, H handler) {}

    private final List<Entry<H>> entries = new CopyOnWriteArrayList<>();

    void add(Class<?> type, H handler) {
        requireFree(type);
        entries.add(new Entry<>(type, handler));
    }

    void requireFree(Class<?> type) {
        if (entries.stream().anyMatch(entry -> entry.type == type)) {
            throw new IllegalStateException("there is a handler for " + type.getName() + " already");
        }
    }

    /** The first that takes that value. */
    Optional<H> find(Object value) {
        for (Entry<H> entry : entries) {
            if (entry.type.isInstance(value)) {
                return Optional.of(entry.handler);
            }
        }
        return Optional.empty();
    }
}
