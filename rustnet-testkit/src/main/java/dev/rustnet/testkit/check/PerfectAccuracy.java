package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * PFD2: no process is detected before it crashes. From log files, which know no common time: none is detected that does
 * not crash in the run.
 */
final class PerfectAccuracy implements Monitor {
    private record Detection(int process, int detected) {}

    // State
    private final Set<Detection> detections = new LinkedHashSet<>();
    private final Set<Detection> early = new LinkedHashSet<>();
    private final Set<Integer> crashed = new HashSet<>();

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Crash || event instanceof Event.End) {
            crashed.add(process);
        } else if (event instanceof Event.Suspect suspect) {
            Detection detection = new Detection(process, suspect.peer());
            detections.add(detection);
            if (!crashed.contains(suspect.peer())) {
                early.add(detection);
            }
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (Detection found : detections) {
            if (!facts.crashed().contains(found.detected)) {
                return Optional.of(facts.name(found.process) + " detected the crash of " + facts.name(found.detected)
                        + ", which did not crash");
            }
        }
        return facts.crashesSeen()
                ? early.stream()
                        .findFirst()
                        .map(found -> facts.name(found.process) + " detected the crash of " + facts.name(found.detected)
                                + " before it crashed")
                : Optional.empty();
    }
}
