package dev.rustnet.broadcast;

import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A header of every broadcast and send, set once by the message's source and kept through retention and relay, so that
 * it contains nothing that depends on a receiver. A node that does not know the header skips it.
 *
 * <p>All methods are called on the loop. For each scope, {@link #read} sees what {@link #write} wrote in the same order
 * and without a gap, so that differences to the previous message of the scope are possible.
 *
 * @param <T> the value shown with a delivery
 */
public interface BroadcastHeader<T> {
    /** Kebab-case, unique among the headers of a node. */
    String name();

    /** Upper bound of the bytes that {@link #write} may write, at most 16,383. */
    int maxLength();

    /** A message of the own process is being encoded: write this header's value for it. */
    void write(Scope scope, ByteBuffer out);

    /**
     * A message is about to be delivered; {@code in} holds the header between position and limit until this returns.
     *
     * @return the value; null when it cannot be told
     * @throws RuntimeException when it is not one; the message then counts as malformed
     */
    @Nullable
    T read(Scope scope, ByteBuffer in);

    /**
     * The messages among which differences may be taken.
     *
     * @param service the component of the broadcast service; that of the sender for a point-to-point send
     * @param view the view in which the message was broadcast; 0 for a point-to-point send, whose value must be complete
     * @param source the process that set the header
     */
    record Scope(String service, long view, ProcessId source) {}
}
