package dev.rustnet.broadcast;

/**
 * Causal-order broadcast (CGR 3.9, modules 3.9 and 3.10): the guarantees of the broadcast below, and causal delivery
 * (CRB5: no process delivers m2 without having delivered every m1 that happened before it).
 */
public interface CausalBroadcast extends Broadcast {
    /** What it guarantees besides what the broadcast below does, by its textbook name, for a descriptor. */
    String CAUSAL_DELIVERY = "CRB5 causal delivery";
}
