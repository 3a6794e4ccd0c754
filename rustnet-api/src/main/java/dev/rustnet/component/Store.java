package dev.rustnet.component;

import java.util.Optional;

/** One small durable record, replaced as a whole. Used on the loop. */
public interface Store {
    /** The last record whose {@link #replace} completed, or empty. */
    Optional<byte[]> read();

    /** Replaces the record, all or nothing; it is on disk when this returns. At most 64 KiB. */
    void replace(byte[] record);
}
