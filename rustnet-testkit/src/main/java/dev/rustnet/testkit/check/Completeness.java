package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * PFD1, EPFD1: every process that crashes is detected for good by every correct one. A process that joined in mid-run
 * need not detect what was in no view with it; and one that left, or was told that it is excluded, need not be detected.
 */
final class Completeness implements Monitor {
    /** Whether a detection can be taken back. */
    enum Kind {
        PERFECT,
        EVENTUALLY_PERFECT
    }

    // Injected
    private final Kind kind;

    // State
    private final PairTable<boolean[]> detected = new PairTable<>(() -> new boolean[1]);
    private final PairTable<boolean[]> met = new PairTable<>(() -> new boolean[1]);
    private final Set<Integer> joinedLate = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Set<Integer> viewSeen = new HashSet<>();

    Completeness(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Suspect suspect) {
            detected.at(process, suspect.peer())[0] = true;
        } else if (event instanceof Event.Restore restore) {
            detected.at(process, restore.peer())[0] = false;
        } else if (event instanceof Event.End) {
            ended.add(process);
        } else if (event instanceof Event.InstallView install) {
            if (viewSeen.add(process) && install.view() > 1) {
                joinedLate.add(process);
            }
            install.members().forEach(member -> met.at(process, member)[0] = true);
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int crashed : facts.crashed()) {
            for (int process : facts.correct()) {
                boolean owed =
                        !ended.contains(crashed) && (!joinedLate.contains(process) || met.at(process, crashed)[0]);
                if (owed && !detected.at(process, crashed)[0]) {
                    return Optional.of(facts.name(crashed) + " crashed, and " + facts.described(process)
                            + (kind == Kind.PERFECT ? " never detected it" : " does not suspect it at the end"));
                }
            }
        }
        return Optional.empty();
    }
}
