package dev.rustnet.plugins.lamportclock;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.HeaderNumbers;
import dev.rustnet.clock.LamportClock;
import dev.rustnet.clock.LamportTimestamp;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/**
 * A Lamport clock that travels with the messages there are: it sends none of its own.
 *
 * <p>Properties: an event that happened before another has the smaller time. Events are the broadcasts, sends, deliveries
 * and receipts of this process, in any service, and each {@link #tick}; their order is that on the loop.
 *
 * <p>Assumptions: none about failures.
 *
 * <p>Complexity: no messages; one to nine bytes in each one besides three for the header's name and length.
 *
 * <p>Source: Lamport 1978, rules IR1 and IR2.
 */
public final class PiggybackedLamportClock implements LamportClock, BroadcastHeader<LamportTimestamp> {
    /** No clock gets there; a time above it is not one, and must not make the next one overflow. */
    private static final long LATEST = Long.MAX_VALUE >>> 1;

    // Injected
    private final ProcessId self;

    // State
    private long time;

    public PiggybackedLamportClock(ProcessId self) {
        this.self = self;
    }

    @Override
    public LamportTimestamp now() {
        return new LamportTimestamp(time, self);
    }

    @Override
    public LamportTimestamp tick() {
        time++;
        return now();
    }

    @Override
    public String name() {
        return TIMESTAMP.name();
    }

    @Override
    public int maxLength() {
        return HeaderNumbers.MAX_LENGTH;
    }

    @Override
    public void write(Scope scope, ByteBuffer out) {
        HeaderNumbers.write(out, ++time);
    }

    @Override
    public LamportTimestamp read(Scope scope, ByteBuffer in) {
        long sent = HeaderNumbers.read(in);
        if (sent > LATEST) {
            throw new IllegalArgumentException("a Lamport time is " + sent + ", more than " + LATEST);
        }
        time = Math.max(time, sent) + 1;
        return new LamportTimestamp(sent, scope.source());
    }
}
