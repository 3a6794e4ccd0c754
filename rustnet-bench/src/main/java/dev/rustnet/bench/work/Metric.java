package dev.rustnet.bench.work;

/** A figure. */
public enum Metric {
    RATE("msgs/s", 0),
    P50("p50 us", 0),
    P99("p99 us", 0),
    P999("p99.9 us", 0),
    LAST_KNOWS("ms until the last knows", 1),
    LEAVE("ms from close() to the view without it at the last", 1),
    JOIN("ms from the first stop to the view with it at the last", 1),
    SLOWEST_CHANGE("ms, the slowest of these", 1),
    PAUSE_OF_EXCLUSION("ms without a delivery, view without the killed one", 0),
    PAUSE_OF_JOIN("ms without a delivery, view with its next incarnation", 0),
    RESUMED("ms from kill to delivery again", 0),
    EXCLUDED("s from kill to exclusion", 2),
    BLOCKED("s of these without a delivery, the windows being full", 2),
    FORMATION("s until all have joined", 2),
    HEAP("smallest heap, MiB", 0),
    CPU_PER_BROADCAST("us CPU per broadcast", 2),
    ALLOCATED("B allocated per delivery", 1),
    SWITCHES("context switches per 1,000 broadcasts", 1),
    CORES("cores in use, all", 3),
    RESIDENT("MiB resident, each", 0),
    CONTROL("% of bytes that are no message", 2),
    /** Messages lost, doubled, out of order or damaged. Anything but 0 spoils the launch. */
    WRONG("wrong", 0);

    private final String title;
    private final int decimals;

    Metric(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    public String title() {
        return title;
    }

    /** Digits after the point in a table. */
    public int decimals() {
        return decimals;
    }
}
