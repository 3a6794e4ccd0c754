package dev.rustnet.bench.member;

import java.util.ArrayList;
import java.util.List;

/** When nothing was delivered for a while. Deliveries come from one thread, questions from any. */
final class Gaps {
    private static final long SHORTEST_NANOS = 2_000_000;
    private static final int MOST = 100_000;

    // State
    private final List<Gap> gaps = new ArrayList<>();
    private volatile long latestNanos = System.nanoTime();

    /** From one delivery to the next. */
    private record Gap(long fromNanos, long toNanos) {}

    void delivered() {
        long now = System.nanoTime();
        long gap = now - latestNanos;
        if (gap >= SHORTEST_NANOS) {
            add(new Gap(latestNanos, now));
        }
        latestNanos = now;
    }

    private synchronized void add(Gap gap) {
        if (gaps.size() == MOST) {
            throw new IllegalStateException("more than " + MOST + " gaps between deliveries");
        }
        gaps.add(gap);
    }

    /** Those of two milliseconds and more, the present one included: {@code FROM:TO}, with blanks between. */
    @Override
    public synchronized String toString() {
        var text = new StringBuilder();
        gaps.forEach(gap ->
                text.append(gap.fromNanos()).append(':').append(gap.toNanos()).append(' '));
        return text.append(latestNanos).append(':').append(System.nanoTime()).toString();
    }
}
