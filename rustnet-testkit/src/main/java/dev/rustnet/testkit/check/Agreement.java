package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/**
 * RB4: what one correct process delivers, every correct process delivers. URB4: the same for what any process delivers,
 * also one that then crashes.
 */
final class Agreement implements Monitor {
    /** Whose deliveries oblige the correct processes. */
    enum Kind {
        REGULAR,
        UNIFORM
    }

    // Injected
    private final Kind kind;

    // State
    private final DeliveryRecord record = new DeliveryRecord();

    Agreement(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void event(int process, Event event) {
        record.event(process, event);
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int process : kind == Kind.UNIFORM ? facts.processes() : facts.correct()) {
            for (int other : facts.correct()) {
                for (int sender = 0; sender < record.senders(process); sender++) {
                    long missing = record.firstOwed(process, other, sender);
                    if (missing >= 0) {
                        return Optional.of(facts.described(process) + " delivered " + facts.message(sender, missing)
                                + ", and " + facts.described(other) + " never did");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
