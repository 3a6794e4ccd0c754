package dev.rustnet.core.settings;

import java.time.Duration;

/** Writes durations and sizes the way the configuration takes them. */
public final class Units {
    private static final String[] SIZES = {"GiB", "MiB", "KiB"};

    private Units() {}

    /** {@code 2s}, {@code 1500ms}. */
    public static String of(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos % Duration.ofHours(1).toNanos() == 0) {
            return duration.toHours() + "h";
        }
        if (nanos % Duration.ofMinutes(1).toNanos() == 0) {
            return duration.toMinutes() + "m";
        }
        if (nanos % Duration.ofSeconds(1).toNanos() == 0) {
            return duration.toSeconds() + "s";
        }
        if (nanos % Duration.ofMillis(1).toNanos() == 0) {
            return duration.toMillis() + "ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
    }

    static String ofBytes(long bytes) {
        long unit = 1L << 30;
        for (String name : SIZES) {
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + name;
            }
            unit >>= 10;
        }
        return bytes + "B";
    }
}
