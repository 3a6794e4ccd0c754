package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * GM2: any two processes, correct or not, that install a view of one number install the same members. Memory grows with
 * the number of views.
 */
final class ViewAgreement implements Monitor {
    private record Installed(int process, List<Integer> members) {}

    private record Split(long view, Installed one, Installed other) {}

    // State
    private final Map<Long, Installed> views = new HashMap<>();
    private @Nullable Split split;

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.InstallView install) {
            Installed here = new Installed(
                    process, install.members().stream().sorted().distinct().toList());
            Installed there = views.putIfAbsent(install.view(), here);
            if (there != null && !there.members.equals(here.members) && split == null) {
                split = new Split(install.view(), there, here);
            }
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(split)
                .map(found -> facts.name(found.one.process) + " installed view " + found.view + " with "
                        + names(found.one, facts) + ", and " + facts.name(found.other.process) + " with "
                        + names(found.other, facts));
    }

    private static String names(Installed installed, RunFacts facts) {
        return installed.members.stream().map(facts::name).collect(Collectors.joining(", "));
    }
}
