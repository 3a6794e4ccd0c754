package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/** RB1, URB1: a correct process delivers what it broadcast itself. */
final class OwnDelivery implements Monitor {
    // State
    private final PairTable<IntervalSet> broadcast = new PairTable<>(IntervalSet::new);
    private final PairTable<IntervalSet> delivered = new PairTable<>(IntervalSet::new);

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Broadcast message) {
            broadcast.at(process, 0).add(message.number());
        } else if (event instanceof Event.Deliver deliver && deliver.sender() == process) {
            delivered.at(process, 0).add(deliver.number());
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int process : facts.correct()) {
            long missing = broadcast.at(process, 0).firstOutside(delivered.at(process, 0), IntervalSet.EMPTY);
            if (missing >= 0) {
                return Optional.of(facts.described(process) + " broadcast " + facts.message(process, missing)
                        + " and never delivered it itself");
            }
        }
        return Optional.empty();
    }
}
