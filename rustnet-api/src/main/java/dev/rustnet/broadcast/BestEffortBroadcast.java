package dev.rustnet.broadcast;

import java.util.List;

/**
 * Best-effort broadcast (CGR 3.2, module 3.1): validity (BEB1: if a correct process broadcasts m, every correct process
 * delivers m), no duplication (BEB2), no creation (BEB3). When the sender crashes, some may deliver and others not.
 */
public interface BestEffortBroadcast extends Broadcast {
    /** Its properties by their textbook names, for a descriptor. */
    List<String> PROPERTIES = List.of("BEB1 validity", "BEB2 no duplication", "BEB3 no creation", FIFO_DELIVERY);
}
