package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/** PL1: what a correct process sends to a correct one is received. */
final class LinkDelivery implements Monitor {
    // State
    private final PairTable<IntervalSet> sent = new PairTable<>(IntervalSet::new);
    private final PairTable<IntervalSet> received = new PairTable<>(IntervalSet::new);

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Send message) {
            sent.at(process, message.to()).add(message.number());
        } else if (event instanceof Event.Receive message) {
            received.at(message.from(), process).add(message.number());
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int sender : facts.correct()) {
            for (int receiver : facts.correct()) {
                long lost = sent.at(sender, receiver).firstOutside(received.at(sender, receiver), IntervalSet.EMPTY);
                if (lost >= 0) {
                    return Optional.of(facts.name(sender) + " sent " + facts.message(sender, lost) + " to "
                            + facts.name(receiver) + "; both are correct, and it never arrived");
                }
            }
        }
        return Optional.empty();
    }
}
