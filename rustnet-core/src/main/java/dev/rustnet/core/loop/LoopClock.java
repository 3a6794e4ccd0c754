package dev.rustnet.core.loop;

import dev.rustnet.time.Clock;
import java.time.Instant;

/** The clock of a node: reads its source when a turn begins and after the wait, and stands still in between. */
final class LoopClock implements Clock {
    // Injected
    private final TimeSource source;

    // State
    private long nanos;

    LoopClock(TimeSource source) {
        this.source = source;
        this.nanos = source.nanos();
    }

    void refresh() {
        nanos = source.nanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return source.now();
    }
}
