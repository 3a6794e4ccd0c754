package dev.rustnet.core.log;

/** The way of messages from a protocol's decision to deliver them to their handlers. On the loop. */
interface DeliveryPath {
    /** Messages of {@code source} are to be delivered up to {@code upTo}, after all that was added before. */
    void add(RetainedBroadcastLog log, int source, long upTo);

    /** Whether something added has not been delivered yet. */
    boolean busy();
}
