package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data part of batches: blocks of messages of all streams, which take turns at being first. */
final class Streams {
    /** Told of messages of a stream that this process does not have. */
    interface Unknown {
        void dropped(int rank, int messages);
    }

    // Injected
    private final Unknown unknown;

    // State
    private final List<LogStream> streams = new ArrayList<>();
    private final Map<Integer, LogStream> byName = new HashMap<>();
    private int first;

    Streams(Unknown unknown) {
        this.unknown = unknown;
    }

    void add(LogStream stream) {
        if (byName.putIfAbsent(stream.wireName(), stream) != null) {
            throw new IllegalArgumentException("two streams have the same name on the wire; rename a component");
        }
        streams.add(stream);
    }

    /** Adds to the batch what that peer lacks; returns whether more is left. */
    boolean fill(int rank, Batch batch) {
        boolean more = false;
        int count = streams.size();
        first = (first + 1) % count; // no stream keeps the others waiting
        for (int i = 0; i < count; i++) {
            more |= streams.get((first + i) % count).fill(rank, batch);
        }
        return more;
    }

    /** Reads one block. @return whether it brought anything new @throws Malformed when it is none */
    boolean read(int rank, ProcessId from, ByteBuffer in) {
        int limit = in.limit();
        if (in.remaining() < Integer.BYTES) {
            throw new Malformed("a block is cut short");
        }
        int name = in.getInt();
        long view = Varint.read(in);
        int source = Varint.readInt(in, Integer.MAX_VALUE);
        long number = Varint.read(in);
        int count = Varint.readInt(in, limit);
        int end = Varint.readInt(in, limit) + in.position();
        if (end > limit || count == 0 || number == 0) {
            throw new Malformed("a block is cut short or empty");
        }
        LogStream stream = byName.get(name);
        boolean brought = false;
        if (stream == null) {
            unknown.dropped(rank, count);
        } else {
            brought = stream.receive(rank, from, view, source, number, count, in.limit(end));
            in.limit(limit);
        }
        in.position(end);
        return brought;
    }

    void rewind(int rank) {
        for (LogStream stream : streams) {
            stream.rewind(rank);
        }
    }

    boolean stalled(int rank) {
        boolean stalled = false;
        for (LogStream stream : streams) {
            stalled |= stream.stalled(rank);
        }
        return stalled;
    }

    boolean owes(int rank) {
        for (LogStream stream : streams) {
            if (stream.owes(rank)) {
                return true;
            }
        }
        return false;
    }

    boolean settled(int rank) {
        for (LogStream stream : streams) {
            if (!stream.settled(rank)) {
                return false;
            }
        }
        return true;
    }
}
