package dev.rustnet.component;

import java.util.Optional;

/** One small durable record, replaced as a whole. Used on the loop. */
public interface Store {
    /**
     * The last record whose {@link #replace} completed, or empty.
     *
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    Optional<byte[]> read();

    /**
     * Replaces the record, all or nothing; it is on disk when this returns. The loop waits for the disk meanwhile, some
     * milliseconds as a rule: for rare changes, not for each message.
     *
     * @param record at most 64 KiB
     * @throws IllegalArgumentException when it is longer
     * @throws java.io.UncheckedIOException when it cannot be written; the record before it stays in force
     */
    void replace(byte[] record);
}
