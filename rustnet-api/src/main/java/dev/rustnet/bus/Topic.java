package dev.rustnet.bus;

import java.util.Objects;

/**
 * The name and type of one kind of notice on the {@link TopicBus}. Two topics are the same when both name and type are.
 *
 * @param name kebab-case, unique in a node by convention {@code component.notice}
 * @param type the class of every notice published on it
 * @param <T> the type of the notices
 */
public record Topic<T>(String name, Class<T> type) {
    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    public static <T> Topic<T> of(String name, Class<T> type) {
        return new Topic<>(name, type);
    }
}
