package dev.rustnet.core.counters;

/** One number that only grows. Written on the loop; may be read late from other threads. */
public final class Counter {
    private long value;

    Counter() {}

    public void increment() {
        value++;
    }

    public void add(long amount) {
        value += amount;
    }

    public long value() {
        return value;
    }
}
