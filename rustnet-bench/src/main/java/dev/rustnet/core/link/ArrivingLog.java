package dev.rustnet.core.link;

import dev.rustnet.core.memory.ChunkPool;
import dev.rustnet.core.memory.MessageLog;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/** Takes in every message, whatever its number, and holds what came until it is told to forget it. */
final class ArrivingLog implements LogStream {
    private static final int MAX_MESSAGE = 2 << 20;

    // Injected
    private final int wireName;
    private final MessageLog log;

    ArrivingLog(int wireName, ChunkPool pool) {
        this.wireName = wireName;
        this.log = new MessageLog(pool);
    }

    @Override
    public int wireName() {
        return wireName;
    }

    @Override
    public boolean receive(
            int rank, ProcessId from, long view, int source, long first, int count, ByteBuffer messages) {
        log.appendRun(messages, count, 0, MAX_MESSAGE);
        return true;
    }

    /** Forgets all but the last message, as one who holds a chunk that fills up; returns the number of the last. */
    long forget() {
        log.forget(log.last() - 1);
        return log.last();
    }

    @Override
    public boolean fill(int rank, Batch batch) {
        return false;
    }

    @Override
    public void rewind(int rank) {}

    @Override
    public boolean stalled(int rank) {
        return false;
    }

    @Override
    public boolean settled(int rank) {
        return true;
    }
}
