package dev.rustnet.clock;

/** How one vector time stands to another. */
public enum VectorOrder {
    /** Nowhere greater, and somewhere smaller: the event happened before the other. */
    BEFORE,
    /** Nowhere smaller, and somewhere greater. */
    AFTER,
    EQUAL,
    /** Somewhere smaller and somewhere greater: neither can have influenced the other. */
    CONCURRENT
}
