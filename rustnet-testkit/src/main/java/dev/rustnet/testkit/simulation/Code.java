package dev.rustnet.testkit.simulation;

import java.time.Duration;

/** Java for what a text is to be pasted as. */
final class Code {
    private Code() {}

    static String of(Duration time) {
        if (time.isZero()) {
            return "Duration.ZERO";
        } else if (time.toNanos() % 1_000_000_000 == 0) {
            return "Duration.ofSeconds(" + time.toSeconds() + ")";
        } else if (time.toNanos() % 1_000_000 == 0) {
            return "Duration.ofMillis(" + time.toMillis() + ")";
        }
        return "Duration.ofNanos(" + time.toNanos() + ")";
    }

    /** As a string literal. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
