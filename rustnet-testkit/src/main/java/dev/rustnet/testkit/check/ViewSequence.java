package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GM1: each process installs views in the order of their numbers, without a gap, from its first one on. */
final class ViewSequence implements Monitor {
    private record Jump(int process, long from, long to) {}

    // State
    private final Map<Integer, Long> last = new HashMap<>();
    private @Nullable Jump jump;

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.InstallView install) {
            Long before = last.put(process, install.view());
            if (before != null && install.view() != before + 1 && jump == null) {
                jump = new Jump(process, before, install.view());
            }
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(jump)
                .map(found -> facts.name(found.process) + " installed view " + found.to + " after view " + found.from);
    }
}
