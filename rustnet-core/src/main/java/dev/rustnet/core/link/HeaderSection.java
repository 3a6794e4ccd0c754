package dev.rustnet.core.link;

import dev.rustnet.group.ProcessId;
import dev.rustnet.link.LinkHeader;
import java.nio.ByteBuffer;

/** A link header as a section of a batch. */
record HeaderSection(LinkHeader header) implements Section {
    @Override
    public String name() {
        return header.name();
    }

    @Override
    public int maxLength() {
        return header.maxLength();
    }

    @Override
    public boolean confirmed() {
        return true;
    }

    @Override
    public void write(int rank, ByteBuffer out) {
        header.write(rank, out);
    }

    @Override
    public void read(int rank, ProcessId from, ByteBuffer in) {
        header.read(rank, from, in);
    }

    @Override
    public void refresh(int rank) {
        header.refresh(rank);
    }
}
