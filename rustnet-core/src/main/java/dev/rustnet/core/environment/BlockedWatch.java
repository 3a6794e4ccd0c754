package dev.rustnet.core.environment;

/**
 * Judges from looks at a steady pace whether one stretch of a loop's work lasts too long. Looks that come late tell of a
 * pause of the whole process, or of a machine that has no time for it: that time counts for nobody. Pure.
 */
final class BlockedWatch {
    /** What a look has found. */
    enum Finding {
        NOTHING,
        /** The present stretch has reached the limit; said once. */
        BLOCKED,
        /** The stretch of which {@link #BLOCKED} was said is over. */
        GOES_ON
    }

    // Injected
    private final long limitNanos;
    private final long paceNanos;

    // State
    private long stretch;
    private long sinceNanos;
    private long lookedNanos;
    private boolean said;
    private long lastedNanos;

    /**
     * @param limitNanos after which a stretch is too long
     * @param paceNanos between two looks
     */
    BlockedWatch(long limitNanos, long paceNanos, long nowNanos) {
        this.limitNanos = limitNanos;
        this.paceNanos = paceNanos;
        lookedNanos = nowNanos;
        sinceNanos = nowNanos;
    }

    /** @param present the stretch of work that the loop is in; 0 when it waits */
    Finding look(long nowNanos, long present) {
        long gap = nowNanos - lookedNanos;
        lookedNanos = nowNanos;
        if (gap > 2 * paceNanos) {
            sinceNanos += gap - paceNanos;
        }
        if (present != stretch) {
            lastedNanos = nowNanos - sinceNanos;
            stretch = present;
            sinceNanos = nowNanos;
            boolean over = said;
            said = false;
            return over ? Finding.GOES_ON : Finding.NOTHING;
        }
        if (stretch == 0 || said || nowNanos - sinceNanos < limitNanos) {
            return Finding.NOTHING;
        }
        said = true;
        return Finding.BLOCKED;
    }

    /** How long the last stretch that ended was seen. */
    long lastedNanos() {
        return lastedNanos;
    }
}
