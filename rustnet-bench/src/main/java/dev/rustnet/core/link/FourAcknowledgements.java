package dev.rustnet.core.link;

import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.LinkHeader;
import java.nio.ByteBuffer;

/** What a process of four says of itself in each batch while all broadcast: always the same. */
record FourAcknowledgements(String name) implements LinkHeader {
    private static final int SOURCES = 4;
    private static final long ACKED = 1_000_000;
    private static final int MAX_LENGTH = 64;

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        Varint.write(out, 1);
        Varint.write(out, 0);
        Varint.write(out, SOURCES);
        for (int source = 0; source < SOURCES; source++) {
            Varint.write(out, source);
            Varint.write(out, ACKED);
            Varint.write(out, 0);
        }
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        while (in.hasRemaining()) {
            Varint.read(in);
        }
    }

    @Override
    public void refresh(int rank) {}
}
