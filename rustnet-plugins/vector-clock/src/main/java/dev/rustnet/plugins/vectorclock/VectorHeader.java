package dev.rustnet.plugins.vectorclock;

import dev.rustnet.broadcast.BroadcastHeader.Scope;
import dev.rustnet.broadcast.HeaderNumbers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vector times on the wire: in full in the first broadcast of a source in a service and view, and in every point-to-point
 * send; in all others as the difference to that source's previous broadcast there. One number says how many entries follow,
 * doubled, and one more for a difference; an entry is the rank of a process in the group, and its number or what was added.
 * A source that broadcasts and nothing else adds two numbers of one byte to its first one.
 */
final class VectorHeader {
    private static final int DIFFERENCE = 1;

    /** What the messages of one source in one service were based on last. */
    private static final class Base {
        private long view;
        private final long[] times;

        Base(int size) {
            times = new long[size];
        }
    }

    // Injected
    private final List<String> processes;
    private final Map<String, Integer> ranks = new HashMap<>();

    // State
    private final Map<String, Base> written = new HashMap<>();
    private final Map<String, @Nullable Base[]> read = new HashMap<>();

    VectorHeader(List<String> processes) {
        this.processes = processes;
        for (int rank = 0; rank < processes.size(); rank++) {
            ranks.put(processes.get(rank), rank);
        }
    }

    int maxLength() {
        return (1 + 2 * processes.size()) * HeaderNumbers.MAX_LENGTH;
    }

    void write(Scope scope, long[] times, ByteBuffer out) {
        if (scope.view() == 0) {
            write(new long[times.length], times, 0, out);
            return;
        }
        Base base = written.computeIfAbsent(scope.service(), unused -> new Base(times.length));
        if (base.view == scope.view()) {
            write(base.times, times, DIFFERENCE, out);
        } else {
            base.view = scope.view();
            Arrays.fill(base.times, 0);
            write(base.times, times, 0, out);
        }
        System.arraycopy(times, 0, base.times, 0, times.length);
    }

    private static void write(long[] base, long[] times, int kind, ByteBuffer out) {
        int entries = 0;
        for (int rank = 0; rank < times.length; rank++) {
            entries += times[rank] == base[rank] ? 0 : 1;
        }
        HeaderNumbers.write(out, 2L * entries + kind);
        for (int rank = 0; rank < times.length; rank++) {
            if (times[rank] != base[rank]) {
                HeaderNumbers.write(out, rank);
                HeaderNumbers.write(out, times[rank] - base[rank]);
            }
        }
    }

    /**
     * @return the time, the caller's to keep; null for a difference to a message that was never seen here
     * @throws IllegalArgumentException when it is not one
     */
    long @Nullable [] read(Scope scope, ByteBuffer in) {
        int size = processes.size();
        int head = HeaderNumbers.read(in, 2 * size + DIFFERENCE);
        boolean difference = (head & DIFFERENCE) != 0;
        Base base = scope.view() == 0 ? null : base(scope);
        long[] times = difference && base != null ? base.times.clone() : new long[size];
        for (int entry = 0; entry < head / 2; entry++) {
            int rank = HeaderNumbers.read(in, size - 1);
            times[rank] += HeaderNumbers.read(in);
            if (times[rank] < 0) {
                throw new IllegalArgumentException("the time of " + processes.get(rank) + " is out of range");
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes follow a vector time");
        }
        if (difference && (base == null || base.view == 0)) {
            return null;
        }
        if (base != null) {
            base.view = scope.view();
            System.arraycopy(times, 0, base.times, 0, size);
        }
        return times;
    }

    private @Nullable Base base(Scope scope) {
        Integer source = ranks.get(scope.source().name());
        if (source == null) {
            return null;
        }
        @Nullable Base[] ofService = read.computeIfAbsent(scope.service(), unused -> new Base[processes.size()]);
        Base base = ofService[source];
        if (base == null) {
            base = new Base(processes.size());
            ofService[source] = base;
        }
        return base;
    }
}
