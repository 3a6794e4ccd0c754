package dev.rustnet.transport.nio;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.rustnet.component.InvalidSettingException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code rustnet.transport.nio}; what each means stands in this jar's {@code reference.conf}.
 *
 * @param sendBuffer in bytes, 0 for the operating system's choice
 * @param receiveBuffer the same
 */
record NioSettings(
        int backlog,
        int sendBuffer,
        int receiveBuffer,
        int readBuffer,
        long pooledMemory,
        Duration pollBudget,
        Duration closeTimeout,
        Duration acceptPause) {
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "backlog",
            "send-buffer",
            "receive-buffer",
            "read-buffer",
            "pooled-memory",
            "poll-budget",
            "close-timeout",
            "accept-pause"));
    private static final long MAX_BUFFER = 1L << 30;
    private static final int MIN_READ_BUFFER = 4 * 1024;

    /** @throws InvalidSettingException for the first key that is unknown or whose value is out of its range */
    static NioSettings of(Config own) {
        for (String key : own.root().keySet()) {
            if (!KEYS.contains(key)) {
                throw new InvalidSettingException(
                        key, "is not a setting of the nio transport, which has " + String.join(", ", KEYS));
            }
        }
        return new NioSettings(
                number(own, "backlog", 1, 65_535),
                (int) size(own, "send-buffer", 0, MAX_BUFFER),
                (int) size(own, "receive-buffer", 0, MAX_BUFFER),
                (int) size(own, "read-buffer", MIN_READ_BUFFER, MAX_BUFFER),
                size(own, "pooled-memory", 0, Long.MAX_VALUE),
                duration(own, "poll-budget", Duration.ofNanos(1_000), Duration.ofSeconds(1)),
                duration(own, "close-timeout", Duration.ofMillis(1), Duration.ofMinutes(10)),
                duration(own, "accept-pause", Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    private static int number(Config own, String key, int min, int max) {
        try {
            int value = own.getInt(key);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (ConfigException e) {
            throw invalid(key, "a whole number", min, max, e);
        }
        throw invalid(key, "a whole number", min, max, null);
    }

    private static long size(Config own, String key, long min, long max) {
        try {
            long value = own.getBytes(key);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (ConfigException e) {
            throw invalid(key, "a size in bytes", min, max, e);
        }
        throw invalid(key, "a size in bytes", min, max, null);
    }

    private static Duration duration(Config own, String key, Duration min, Duration max) {
        try {
            Duration value = own.getDuration(key);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (ConfigException e) {
            throw invalid(key, "a duration", min, max, e);
        }
        throw invalid(key, "a duration", min, max, null);
    }

    private static InvalidSettingException invalid(
            String key, String type, Object min, Object max, @Nullable ConfigException cause) {
        var exception = new InvalidSettingException(key, "must be " + type + " from " + min + " to " + max);
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }
}
