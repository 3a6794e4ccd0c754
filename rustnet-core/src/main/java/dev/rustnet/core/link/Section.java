package dev.rustnet.core.link;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/** One kind of state in a batch: a link header, or the fair-loss messages of a component. */
interface Section {
    String name();

    int maxLength();

    /** Whether what was written must be known to have arrived, or be written again. */
    boolean confirmed();

    void write(int rank, ByteBuffer out);

    void read(int rank, ProcessId from, ByteBuffer in);

    void refresh(int rank);
}
