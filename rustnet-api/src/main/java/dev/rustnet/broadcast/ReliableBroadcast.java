package dev.rustnet.broadcast;

/**
 * Regular reliable broadcast (CGR 3.3, module 3.2): validity (RB1), no duplication (RB2), no creation (RB3), and
 * agreement (RB4: if a correct process delivers m, every correct process does, even when the sender crashed).
 */
public interface ReliableBroadcast extends Broadcast {}
