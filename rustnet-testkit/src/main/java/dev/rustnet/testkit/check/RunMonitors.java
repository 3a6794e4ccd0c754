package dev.rustnet.testkit.check;

import dev.rustnet.testkit.check.Verdict.Outcome;
import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Feeds the monitors of a property set, and judges the run in the end. */
public final class RunMonitors {
    // Injected
    private final PropertySet properties;
    private final List<Monitor> monitors = new ArrayList<>();

    // State
    private final Set<Integer> heardOf = new HashSet<>();
    private long broadcasts;
    private long deliveries;

    public RunMonitors(PropertySet properties) {
        this.properties = properties;
        properties.properties().forEach(property -> monitors.add(property.monitor()));
    }

    /** {@code event} happened at {@code process}; see {@link Monitor} for the order in which events must come. */
    public void event(int process, Event event) {
        heardOf.add(process);
        if (event instanceof Event.Broadcast) {
            broadcasts++;
        } else if (event instanceof Event.Deliver) {
            deliveries++;
        }
        for (int i = 0; i < monitors.size(); i++) {
            monitors.get(i).event(process, event);
        }
    }

    /** Judges the run as it stands now. */
    public RunVerdict verdict(RunFacts facts) {
        Optional<String> doubt = doubt(facts);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < monitors.size(); i++) {
            verdicts.add(judge(properties.properties().get(i), monitors.get(i).violation(facts), doubt));
        }
        return new RunVerdict(properties.name(), verdicts, broadcasts, deliveries);
    }

    private static Verdict judge(Property property, Optional<String> violation, Optional<String> doubt) {
        if (violation.isPresent() && (property.safety() || doubt.isEmpty())) {
            return new Verdict(property, Outcome.VIOLATED, violation.get());
        }
        return doubt.map(reason -> new Verdict(property, Outcome.INCONCLUSIVE, reason))
                .orElseGet(() -> new Verdict(property, Outcome.HOLDS, ""));
    }

    /** Why this run proves nothing, unless it violates what no continuation could mend. */
    private Optional<String> doubt(RunFacts facts) {
        if (facts.unfinished().isPresent()) {
            return facts.unfinished();
        }
        int correct = facts.correct().size();
        if (correct < 2) {
            return Optional.of(
                    "only " + correct + " of " + facts.names().size() + " processes are correct; at least two must be");
        }
        if (properties.aboutBroadcasts()) {
            if (broadcasts == 0) {
                return Optional.of("nobody broadcast anything");
            }
            for (int process : facts.correct()) {
                if (!heardOf.contains(process)) {
                    return Optional.of("the log of " + facts.name(process) + ", which is correct, is empty");
                }
            }
        }
        return Optional.empty();
    }
}
