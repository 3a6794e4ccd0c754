package dev.rustnet.transport.nio.mesh;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap that is really in use. */
final class UsedHeap {
    private static final int COLLECTIONS = 3;

    private UsedHeap() {}

    /** After full collections, in bytes. */
    static long bytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
