package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/**
 * BEB1: what a correct process broadcasts, every correct process delivers. To a process that joined in mid-run it owes
 * what it delivered itself in that process's first view or later.
 */
final class DeliveryToAll implements Monitor {
    // State
    private final PairTable<IntervalSet> broadcast = new PairTable<>(IntervalSet::new);
    private final DeliveryRecord record = new DeliveryRecord();

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Broadcast message) {
            broadcast.at(process, 0).add(message.number());
        } else {
            record.event(process, event);
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        for (int sender : facts.correct()) {
            for (int receiver : facts.correct()) {
                long missing = missing(sender, receiver);
                if (missing >= 0) {
                    return Optional.of(facts.described(sender) + " broadcast " + facts.message(sender, missing)
                            + ", and " + facts.described(receiver) + " never delivered it");
                }
            }
        }
        return Optional.empty();
    }

    private long missing(int sender, int receiver) {
        return record.fromTheStart(receiver)
                ? broadcast.at(sender, 0).firstOutside(record.delivered(receiver, sender), IntervalSet.EMPTY)
                : record.firstOwed(sender, receiver, sender);
    }
}
