package dev.rustnet.plugins.workload;

import java.util.Locale;
import java.util.Optional;

/** Counts what the workload does and puts it into one line, while it runs and at its end. */
final class WorkloadReport {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    // Injected
    private final long messages;

    // State
    private final LatencyHistogram ownDelivery = new LatencyHistogram();
    private long broadcast;
    private long ownDelivered;
    private long delivered;
    private long deliveredBytes;
    private long damaged;
    private long deliveredBefore;
    private boolean started;
    private boolean summaryDue;
    private long startNanos;
    private long lastNanos;

    /** @param messages how many the own process is going to broadcast */
    WorkloadReport(long messages) {
        this.messages = messages;
    }

    void broadcast(long nowNanos) {
        begin(nowNanos);
        broadcast++;
    }

    /** A message of another process was delivered. */
    void delivered(int bytes, long nowNanos) {
        begin(nowNanos);
        delivered++;
        deliveredBytes += bytes;
        lastNanos = nowNanos;
        summaryDue = true;
    }

    /** A message of the own process was delivered. */
    void ownDelivered(int bytes, long nowNanos, long sentNanos) {
        delivered(bytes, nowNanos);
        ownDelivered++;
        ownDelivery.record(nowNanos - sentNanos);
    }

    void damaged() {
        damaged++;
    }

    /**
     * The line that is due, called at regular intervals: progress as long as something was delivered since the last one,
     * the summary once the own messages are through and nothing more comes, else nothing.
     */
    Optional<String> due() {
        if (!started) {
            return Optional.empty();
        }
        long now = delivered;
        if (now != deliveredBefore || (ownDelivered < messages && now == 0)) {
            deliveredBefore = now;
            return Optional.of("broadcast " + broadcast + " of " + messages + ", delivered " + delivered
                    + ", of these own " + ownDelivered);
        }
        if (summaryDue && ownDelivered >= messages) {
            summaryDue = false;
            return Optional.of(summary());
        }
        return Optional.empty();
    }

    /** What was done, in how long, how fast. */
    String summary() {
        double seconds = Math.max(1, lastNanos - startNanos) / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "done: broadcast %d, delivered %d in %.3f s: %.0f msg/s, %.2f MB/s; own delivery p50 %.3f ms, p99 %.3f"
                        + " ms%s",
                broadcast,
                delivered,
                seconds,
                delivered / seconds,
                deliveredBytes / seconds / BYTES_PER_MEGABYTE,
                ownDelivery.quantileNanos(0.50) / NANOS_PER_MILLI,
                ownDelivery.quantileNanos(0.99) / NANOS_PER_MILLI,
                damaged == 0 ? "" : "; DAMAGED " + damaged);
    }

    private void begin(long nowNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
    }
}
