package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PL3, BEB3, RB3, URB3: what is delivered from a process was broadcast, or sent to the receiver, by it before. */
final class NoCreation implements Monitor {
    /** What is watched. */
    enum Of {
        DELIVERIES,
        RECEPTIONS
    }

    private record Created(int process, int sender, long number) {}

    /** The receiver of what is meant for all. */
    private static final int ALL = 0;

    // Injected
    private final Of of;

    // State
    private final PairTable<IntervalSet> broadcast = new PairTable<>(IntervalSet::new);
    private @Nullable Created created;

    NoCreation(Of of) {
        this.of = of;
    }

    @Override
    public void event(int process, Event event) {
        if (of == Of.DELIVERIES) {
            if (event instanceof Event.Broadcast message) {
                broadcast.at(process, ALL).add(message.number());
            } else if (event instanceof Event.Deliver deliver) {
                delivered(process, deliver.sender(), ALL, deliver.number());
            }
        } else {
            if (event instanceof Event.Send message) {
                broadcast.at(process, message.to()).add(message.number());
            } else if (event instanceof Event.Receive receive) {
                delivered(process, receive.from(), process, receive.number());
            }
        }
    }

    private void delivered(int process, int sender, int receiver, long number) {
        if (created == null && !broadcast.at(sender, receiver).contains(number)) {
            created = new Created(process, sender, number);
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(created)
                .map(found -> facts.name(found.process) + " delivered "
                        + facts.message(found.sender, found.number) + ", which " + facts.name(found.sender)
                        + " had not "
                        + (of == Of.DELIVERIES ? "broadcast" : "sent to it"));
    }
}
