package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/** EPFD2: from some time on, no correct process suspects a correct one. */
final class EventualAccuracy implements Monitor {
    // State
    private final PairTable<boolean[]> suspected = new PairTable<>(() -> new boolean[1]);

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Suspect suspect) {
            suspected.at(process, suspect.peer())[0] = true;
        } else if (event instanceof Event.Restore restore) {
            suspected.at(process, restore.peer())[0] = false;
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int process : facts.correct()) {
            for (int peer : facts.correct()) {
                if (suspected.at(process, peer)[0]) {
                    return Optional.of(facts.name(process) + " still suspects " + facts.name(peer)
                            + " at the end; both are correct");
                }
            }
        }
        return Optional.empty();
    }
}
