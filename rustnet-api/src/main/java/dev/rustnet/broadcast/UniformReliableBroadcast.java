package dev.rustnet.broadcast;

/**
 * Uniform reliable broadcast (CGR 3.4, module 3.3): validity (URB1), no duplication (URB2), no creation (URB3), and
 * uniform agreement (URB4: if any process delivers m, also one that crashes right after, every correct process does).
 */
public interface UniformReliableBroadcast extends Broadcast {}
