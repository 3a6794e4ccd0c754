package dev.rustnet.broadcast;

import java.util.List;

/**
 * Regular reliable broadcast (CGR 3.3, module 3.2): validity (RB1), no duplication (RB2), no creation (RB3), and
 * agreement (RB4: if a correct process delivers m, every correct process does, even when the sender crashed).
 */
public interface ReliableBroadcast extends Broadcast {
    /** Its properties by their textbook names, for a descriptor. */
    List<String> PROPERTIES =
            List.of("RB1 validity", "RB2 no duplication", "RB3 no creation", "RB4 agreement", FIFO_DELIVERY);
}
