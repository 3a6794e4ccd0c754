package dev.rustnet.plugins.vectorclock;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.clock.VectorClock;
import dev.rustnet.clock.VectorTimestamp;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A vector clock that travels with the messages there are: it sends none of its own.
 *
 * <p>Properties: one event happened before another exactly when its time is before the other's. Events are the
 * broadcasts, sends, deliveries and receipts of this process, in any service, and each {@link #tick}; their order is that
 * on the loop. The numbers of a process that stays go on from view to view; one that enters a later view begins above
 * whatever its name had before, so that a restart is never taken for what ran before it.
 *
 * <p>Assumptions: none about failures; every process of the group runs one, or what it did in between is not seen.
 *
 * <p>Complexity: no messages; {@link VectorHeader} says what stands in each one.
 *
 * <p>Source: Fidge 1988, Mattern 1989; differences after Singhal and Kshemkalyani 1992, against the same source's previous
 * message in place of the same link's.
 */
public final class PiggybackedVectorClock implements VectorClock, BroadcastHeader<VectorTimestamp> {
    /** Nobody wants to know of the events. */
    static final BiConsumer<String, VectorTimestamp> NOBODY = (event, time) -> {};

    // Injected
    private final List<String> processes;
    private final ProcessId self;
    private final int rank;
    private final BiConsumer<String, VectorTimestamp> events;
    private final VectorHeader header;

    // State
    private final long[] times;
    private boolean inView;

    /** @param events told of each event, with its time */
    public PiggybackedVectorClock(Group group, ProcessId self, BiConsumer<String, VectorTimestamp> events) {
        this.processes = group.members().stream().map(Group.Member::name).toList();
        this.self = self;
        this.rank = group.rank(self.name()).orElseThrow();
        this.events = events;
        this.times = new long[processes.size()];
        this.header = new VectorHeader(processes);
    }

    /** A view is in force. Only the first one that this process is in matters: there it begins. */
    public void viewInstalled(View view) {
        if (!inView && view.rank(self) >= 0) {
            inView = true;
            times[rank] = Math.max(times[rank], VectorTimestamp.start(view.number()));
        }
    }

    @Override
    public VectorTimestamp now() {
        return VectorTimestamp.of(processes, times);
    }

    @Override
    public VectorTimestamp tick() {
        return event("ticks");
    }

    private VectorTimestamp event(String what) {
        times[rank]++;
        VectorTimestamp time = now();
        events.accept(what, time);
        return time;
    }

    @Override
    public String name() {
        return TIMESTAMP.name();
    }

    @Override
    public int maxLength() {
        return header.maxLength();
    }

    @Override
    public void write(Scope scope, ByteBuffer out) {
        times[rank]++;
        if (events != NOBODY) {
            events.accept((scope.view() == 0 ? "sends for " : "broadcasts over ") + scope.service(), now());
        }
        header.write(scope, times, out);
    }

    @Override
    public @Nullable VectorTimestamp read(Scope scope, ByteBuffer in) {
        long[] sent = header.read(scope, in);
        if (sent == null) {
            return null;
        }
        for (int process = 0; process < times.length; process++) {
            times[process] = Math.max(times[process], sent[process]);
        }
        times[rank]++;
        if (events != NOBODY) {
            String what = scope.view() == 0 ? "receives from " : "delivers over " + scope.service() + " from ";
            events.accept(what + scope.source(), now());
        }
        return VectorTimestamp.of(processes, sent);
    }
}
