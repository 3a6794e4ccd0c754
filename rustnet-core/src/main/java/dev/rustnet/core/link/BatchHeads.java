package dev.rustnet.core.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The heads of batches that are on no way: mostly one link at a time needs one, and one for each link would pin 64 KiB for
 * each member. Used on the loop only.
 */
final class BatchHeads {
    private static final int LENGTH = 64 * 1024;

    // State
    private final ArrayDeque<ByteBuffer> unused = new ArrayDeque<>();

    /** An empty head, of which the caller is the only user. */
    ByteBuffer take() {
        ByteBuffer head = unused.pollLast();
        return head == null ? ByteBuffer.allocateDirect(LENGTH) : head.clear();
    }

    void giveBack(ByteBuffer head) {
        unused.addLast(head);
    }
}
