package dev.rustnet.core.loop;

import java.time.Duration;

/** Durations as nanoseconds. */
public final class Nanos {
    /** As good as never, and still less than what differences of two clock readings can tell. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Nanos() {}

    /** Its nanoseconds; those of 146 years for whatever is longer, and 0 when it is negative. */
    public static long of(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return LONGEST.toNanos();
        }
        return duration.isNegative() ? 0 : duration.toNanos();
    }
}
