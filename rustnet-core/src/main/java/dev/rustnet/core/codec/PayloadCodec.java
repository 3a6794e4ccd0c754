package dev.rustnet.core.codec;

import java.nio.ByteBuffer;

/** Encodes application values of registered types. Any thread may encode; the loop decodes. */
public interface PayloadCodec {
    /**
     * Checks that {@code type} is registered.
     *
     * @throws IllegalArgumentException when it is not; the message says how to register it
     */
    void requireRegistered(Class<?> type);

    /** Encodes a value whose class is registered. */
    byte[] encode(Object value);

    /**
     * Decodes the remaining bytes, which may come from anybody.
     *
     * @throws IllegalArgumentException when they are not a value of that type
     */
    <T> T decode(Class<T> type, ByteBuffer bytes);
}
