package dev.rustnet.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much a fault plan asks of the assumptions that algorithms make: longer pauses and cuts than those of the run that
 * failed, or a majority that crashes where a minority did, would break them, and show another problem than that run's.
 *
 * @param longestPauseNanos of one process; {@link Long#MAX_VALUE} when one is never resumed
 * @param longestCutNanos during which anything was lost or held; {@link Long#MAX_VALUE} when it is never healed
 * @param majorityCrashes whether half of the processes crash, or more
 * @param restarts how many
 */
record Severity(long longestPauseNanos, long longestCutNanos, boolean majorityCrashes, int restarts) {
    private static final long FOR_EVER = Long.MAX_VALUE;

    static Severity of(RunScript script) {
        List<FaultPlan.Entry> entries = new ArrayList<>(script.faults().entries());
        entries.sort(Comparator.comparingLong(FaultPlan.Entry::atNanos));
        Map<String, Long> pausedSince = new HashMap<>();
        Set<String> crashed = new HashSet<>();
        CutLinks cuts = new CutLinks();
        long cutSince = -1;
        long longestPause = 0;
        long longestCut = 0;
        int restarts = 0;
        for (FaultPlan.Entry entry : entries) {
            Fault fault = entry.fault();
            cuts.follow(fault);
            if (!cuts.any() && cutSince >= 0) {
                longestCut = Math.max(longestCut, entry.atNanos() - cutSince);
                cutSince = -1;
            } else if (cuts.any() && cutSince < 0) {
                cutSince = entry.atNanos();
            }
            if (fault instanceof Fault.Pause pause) {
                pausedSince.putIfAbsent(pause.process(), entry.atNanos());
            } else if (fault instanceof Fault.Resume resume) {
                longestPause = Math.max(longestPause, since(pausedSince.remove(resume.process()), entry));
            } else if (fault instanceof Fault.Crash crash) {
                crashed.add(crash.process());
                longestPause = Math.max(longestPause, since(pausedSince.remove(crash.process()), entry));
            } else if (fault instanceof Fault.CrashAtEvent crash) {
                crashed.add(crash.process());
            } else if (fault instanceof Fault.Restart) {
                restarts++;
            }
        }
        return new Severity(
                pausedSince.isEmpty() ? longestPause : FOR_EVER,
                cutSince < 0 ? longestCut : FOR_EVER,
                2 * crashed.size() >= script.processes(),
                restarts);
    }

    private static long since(@Nullable Long beginNanos, FaultPlan.Entry entry) {
        return beginNanos == null ? 0 : entry.atNanos() - beginNanos;
    }

    /** Whether {@code other} asks for no more. */
    boolean covers(Severity other) {
        return other.longestPauseNanos <= longestPauseNanos
                && other.longestCutNanos <= longestCutNanos
                && (majorityCrashes || !other.majorityCrashes)
                && other.restarts <= restarts;
    }
}
