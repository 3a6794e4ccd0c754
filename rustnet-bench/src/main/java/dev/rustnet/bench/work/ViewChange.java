package dev.rustnet.bench.work;

import dev.rustnet.bench.process.JavaProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of views as one member saw it, by the machine's one clock.
 *
 * @param stoppedNanos when it delivered no more of the view before
 * @param installedNanos when the next view was in force
 */
record ViewChange(long stoppedNanos, long installedNanos) {
    /** The next one that each of these tells. */
    static List<ViewChange> heardBy(List<JavaProcess> members) {
        List<ViewChange> changes = new ArrayList<>();
        for (JavaProcess member : members) {
            long stopped = Long.parseLong(member.hear("stopped"));
            long installed = Long.parseLong(member.hear("view").split(" ")[1]);
            changes.add(new ViewChange(stopped, installed));
        }
        return changes;
    }

    static long firstStopped(List<ViewChange> changes) {
        return changes.stream().mapToLong(ViewChange::stoppedNanos).min().orElseThrow();
    }

    static long lastInstalled(List<ViewChange> changes) {
        return changes.stream().mapToLong(ViewChange::installedNanos).max().orElseThrow();
    }
}
