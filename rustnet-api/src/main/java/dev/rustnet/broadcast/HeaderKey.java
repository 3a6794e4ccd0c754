package dev.rustnet.broadcast;

import java.util.Objects;

/**
 * Names a broadcast header to those who read it, so that they need not know the component that writes it.
 *
 * @param name the {@linkplain BroadcastHeader#name name} of the header
 * @param type of its values
 * @param <T> the type of its values
 */
public record HeaderKey<T>(String name, Class<T> type) {
    public HeaderKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
