package dev.rustnet.testkit.check;

import dev.rustnet.testkit.check.Verdict.Outcome;
import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Feeds the monitors of a property set, and judges the run in the end. A run in which views changed is judged as to its
 * views too ({@link PropertySet#VIEW_SYNCHRONY}; of best-effort broadcast {@link PropertySet#GROUP_MEMBERSHIP}).
 */
public final class RunMonitors {
    // Injected
    private final PropertySet properties;
    private final List<Property> watched = new ArrayList<>();
    private final List<Monitor> monitors = new ArrayList<>();

    // State
    private final Set<Integer> heardOf = new HashSet<>();
    private final Map<Integer, Long> lastViews = new HashMap<>();
    private long broadcasts;
    private long deliveries;

    public RunMonitors(PropertySet properties) {
        this.properties = properties;
        watched.addAll(properties.properties());
        watched.addAll(properties.whenViewsChange());
        watched.forEach(property -> monitors.add(property.monitor()));
    }

    /** These take part from the start; see {@link Monitor#begins}. */
    public void begins(Collection<Integer> processes) {
        monitors.forEach(monitor -> monitor.begins(processes));
    }

    /** Nothing more happens at that process. */
    public void ends(int process) {
        monitors.forEach(monitor -> monitor.ends(process));
    }

    /** {@code event} happened at {@code process}; see {@link Monitor} for the order in which events must come. */
    public void event(int process, Event event) {
        heardOf.add(process);
        if (event instanceof Event.Broadcast) {
            broadcasts++;
        } else if (event instanceof Event.Deliver) {
            deliveries++;
        } else if (event instanceof Event.InstallView install) {
            lastViews.put(process, install.view());
        }
        for (int i = 0; i < monitors.size(); i++) {
            monitors.get(i).event(process, event);
        }
    }

    /** Judges the run as it stands now. */
    public RunVerdict verdict(RunFacts facts) {
        Optional<String> doubt = doubt(facts);
        List<Verdict> verdicts = new ArrayList<>();
        boolean viewsChanged = lastViews.values().stream().anyMatch(view -> view > 1);
        int judged = viewsChanged ? watched.size() : properties.properties().size();
        for (int i = 0; i < judged; i++) {
            verdicts.add(judge(watched.get(i), monitors.get(i).violation(facts), doubt));
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
        return viewsDoubt(facts);
    }

    /** At rest all that are correct are in one view. */
    private Optional<String> viewsDoubt(RunFacts facts) {
        long last = lastViews.values().stream().mapToLong(view -> view).max().orElse(0);
        for (int process : facts.correct()) {
            long own = lastViews.getOrDefault(process, 0L);
            if (own < last) {
                return Optional.of(facts.name(process) + ", which is correct, was "
                        + (own == 0 ? "in no view" : "still in view " + own) + " at the end, and the last view was "
                        + last);
            }
        }
        return Optional.empty();
    }
}
