package dev.rustnet.broadcast;

import java.util.List;

/**
 * Uniform reliable broadcast (CGR 3.4, module 3.3): validity (URB1), no duplication (URB2), no creation (URB3), and
 * uniform agreement (URB4: if any process delivers m, also one that crashes right after, every correct process does).
 */
public interface UniformReliableBroadcast extends Broadcast {
    /** Its properties by their textbook names, for a descriptor. */
    List<String> PROPERTIES = List.of(
            "URB1 validity", "URB2 no duplication", "URB3 no creation", "URB4 uniform agreement", FIFO_DELIVERY);
}
