package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PL2, BEB2, RB2, URB2: no process, correct or crashed, delivers a message twice. */
final class NoDuplication implements Monitor {
    /** What is watched. */
    enum Of {
        DELIVERIES,
        RECEPTIONS
    }

    private record Duplicate(int process, int sender, long number) {}

    // Injected
    private final Of of;

    // State
    private final PairTable<IntervalSet> delivered = new PairTable<>(IntervalSet::new);
    private @Nullable Duplicate duplicate;

    NoDuplication(Of of) {
        this.of = of;
    }

    @Override
    public void event(int process, Event event) {
        if (of == Of.DELIVERIES && event instanceof Event.Deliver deliver) {
            delivered(process, deliver.sender(), deliver.number());
        } else if (of == Of.RECEPTIONS && event instanceof Event.Receive receive) {
            delivered(process, receive.from(), receive.number());
        }
    }

    private void delivered(int process, int sender, long number) {
        if (!delivered.at(process, sender).add(number) && duplicate == null) {
            duplicate = new Duplicate(process, sender, number);
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(duplicate)
                .map(found -> facts.name(found.process) + " delivered " + facts.message(found.sender, found.number)
                        + " twice");
    }
}
