package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.PropertySet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The event logs of a run in which processes end and are started again under their names: those of all incarnations are judged as
 * one run. To be judged at rest, before the run is ended: who stops first would still be in a view that the others have left.
 */
final class LoggedRun {
    // Injected
    private final Path directory;

    // State
    private final Map<String, Integer> incarnations = new TreeMap<>();
    private final Map<String, Path> logs = new TreeMap<>();
    private final Set<String> ended = new TreeSet<>();

    LoggedRun(Path directory) {
        this.directory = directory;
    }

    /** The next incarnation of that name starts. Returns the file to name in its configuration. */
    Path starts(String name) {
        Path named = directory.resolve(name + ".events");
        int earlier = incarnations.merge(name, 1, Integer::sum) - 1;
        // An existing log is left alone.
        logs.put(label(name), earlier == 0 ? named : directory.resolve(name + ".events." + earlier));
        return named;
    }

    /** The present incarnation of that name has been killed, or has left in mid-run: it counts as crashed. */
    void ends(String name) {
        ended.add(label(name));
    }

    /** The log of the present incarnation. */
    Path log(String name) {
        return logs.get(label(name));
    }

    void assertHolds() {
        List<ProcessLog> processes = EventLogs.processLogs(logs, ended);
        for (PropertySet properties : List.of(PropertySet.UNIFORM_RELIABLE_BROADCAST, PropertySet.VIEW_SYNCHRONY)) {
            var verdict = EventLogs.check(processes, properties, Optional.empty());
            assertThat(verdict.holds()).as(verdict::toString).isTrue();
        }
    }

    private String label(String name) {
        return name + "/" + incarnations.get(name);
    }
}
