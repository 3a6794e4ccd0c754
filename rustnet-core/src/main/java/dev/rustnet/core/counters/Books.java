package dev.rustnet.core.counters;

import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The numbers of one {@link Account}, and of those that take its place. Written on the loop; may be read late from other threads. */
final class Books {
    long sent;
    long sentAgain;
    long acknowledged;
    long unknown;

    volatile @Nullable LongSupplier inFlight;

    void put(String prefix, Map<String, Long> values) {
        values.put(prefix + "sent", sent);
        values.put(prefix + "sent-again", sentAgain);
        values.put(prefix + "acknowledged", acknowledged);
        values.put(prefix + "unknown", unknown);
        LongSupplier reads = inFlight;
        values.put(prefix + "in-flight", reads == null ? 0 : reads.getAsLong());
    }
}
