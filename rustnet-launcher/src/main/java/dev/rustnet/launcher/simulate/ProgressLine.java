package dev.rustnet.launcher.simulate;

import java.io.PrintWriter;
import java.util.Locale;

/** Says how far the seeds have come: on a screen in one line that changes, else in a line from time to time. */
final class ProgressLine implements SeedRuns.Progress {
    private static final long LINE_NANOS = 15_000_000_000L;

    // Injected
    private final PrintWriter out;
    private final boolean screen;
    private final long count;
    private final long startNanos;

    // State
    private long saidNanos;
    private int width;

    /** @param count of the seeds, or {@link Long#MAX_VALUE} when there is no end */
    ProgressLine(PrintWriter out, boolean screen, long count, long startNanos) {
        this.out = out;
        this.screen = screen;
        this.count = count;
        this.startNanos = startNanos;
        this.saidNanos = startNanos;
    }

    @Override
    public synchronized void reached(long seeds, long events, int failed) {
        long nowNanos = System.nanoTime();
        if (!screen && nowNanos - saidNanos < LINE_NANOS) {
            return;
        }
        saidNanos = nowNanos;
        String line = line(seeds, events, failed, (nowNanos - startNanos) / 1e9);
        if (screen) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(long seeds, long events, int failed, double seconds) {
        String line = count == Long.MAX_VALUE
                ? String.format(Locale.ROOT, "%,d seeds", seeds)
                : String.format(Locale.ROOT, "%3d %%, %,d of %,d seeds", seeds * 100 / count, seeds, count);
        line += String.format(Locale.ROOT, ", %,.0f events a second, %,d failed", events / seconds, failed);
        return count == Long.MAX_VALUE
                ? line
                : line + String.format(Locale.ROOT, ", about %,.0f s left", seconds / seeds * (count - seeds));
    }

    /** Takes the line from the screen. */
    synchronized void end() {
        if (screen && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }
}
