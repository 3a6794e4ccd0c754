package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.demo.NodeEvent.Installed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts each view into one line, once all its members have installed it: who is in it, who is new, who is gone, and why. */
final class ViewTeller {
    private static final double NANOS_PER_SECOND = 1e9;

    // Injected
    private final Timeline timeline;
    private final Tally tally;

    // State
    private final SortedMap<Long, Installed> waiting = new TreeMap<>();
    private final Set<Long> told = new HashSet<>();
    private final Map<String, Long> killedNanos = new HashMap<>();
    private final Map<String, Long> startedNanos = new HashMap<>();
    private List<String> former = List.of();

    ViewTeller(Timeline timeline, Tally tally) {
        this.timeline = timeline;
        this.tally = tally;
    }

    void killed(String process) {
        killedNanos.put(process, System.nanoTime());
    }

    /** It was started again. */
    void startedAgain(String process) {
        startedNanos.put(process, System.nanoTime());
    }

    /** One more process has installed that view. Returns whether it is in force at all its members now, for the first time. */
    boolean installed(Installed view) {
        if (told.contains(view.view())) {
            return false;
        }
        waiting.put(view.view(), view);
        if (!tally.inForce(view)) {
            return false;
        }
        for (Installed next : List.copyOf(waiting.headMap(view.view() + 1).values())) {
            tell(next);
            waiting.remove(next.view());
            told.add(next.view());
        }
        return true;
    }

    private void tell(Installed view) {
        List<String> changes = new ArrayList<>();
        view.excluded().forEach(process -> changes.add(process + " excluded" + since(killedNanos, process, "killed")));
        view.left().forEach(process -> changes.add(process + " left"));
        List<String> before = former;
        if (!before.isEmpty()) {
            view.members().stream()
                    .filter(member -> !before.contains(member))
                    .forEach(member -> changes.add(member + " joined" + since(startedNanos, member, "started again")));
        }
        former = view.members();
        String names = view.members().stream().map(ViewTeller::name).collect(Collectors.joining(", "));
        timeline.say(timeline.style().bold("view " + view.view() + ": " + names)
                + (changes.isEmpty() ? "" : " - " + String.join(", ", changes)));
    }

    private static String since(Map<String, Long> moments, String process, String what) {
        Long moment = moments.get(process);
        return moment == null
                ? ""
                : String.format(
                        Locale.ROOT, " %.2f s after it was %s", (System.nanoTime() - moment) / NANOS_PER_SECOND, what);
    }

    /** Without the count. */
    private static String name(String label) {
        int slash = label.indexOf('/');
        return slash < 0 ? label : label.substring(0, slash);
    }
}
