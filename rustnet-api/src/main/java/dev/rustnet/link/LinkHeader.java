package dev.rustnet.link;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;

/**
 * Latest state that stands once per link and batch, beside acknowledgements and credit and before all data. A node that
 * does not know the header skips it. A header may be lost with its connection: after each new connection, and after
 * silence, {@link #refresh} asks for the full state again, so a value must be absolute and reading one twice harmless.
 *
 * <p>All methods are called on the loop.
 */
public interface LinkHeader {
    /** Kebab-case, unique among the headers of a node. */
    String name();

    /** Upper bound of the bytes that {@link #write} may write, at most 16 KiB. */
    int maxLength();

    /**
     * A batch for the member of that rank is being written. Write what it should know and has not been told, or nothing.
     */
    void write(int rank, ByteBuffer out);

    /** The header has arrived from that process; {@code in} holds it between position and limit until this returns. */
    void read(int rank, ProcessId from, ByteBuffer in);

    /** What was written for that member may not have arrived: write the full state into its next batch. */
    void refresh(int rank);

    /** Tells the kernel that there is something to write. Got from {@code ComponentContext.annotate}. */
    interface Trigger {
        /** A batch goes to that member when this turn ends, even if there is no data for it. */
        void changed(int rank);
    }
}
