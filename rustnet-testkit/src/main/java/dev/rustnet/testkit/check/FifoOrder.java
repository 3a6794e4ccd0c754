package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * FRB5: no process, correct or crashed, delivers a message without all that its sender broadcast before it. A process
 * that joined in mid-run may begin anywhere.
 */
final class FifoOrder implements Monitor {
    private record Hole(int process, int sender, long number, long missing) {}

    // State
    private final PairTable<IntervalSet> broadcast = new PairTable<>(IntervalSet::new);
    private final PairTable<long[]> begin = new PairTable<>(() -> new long[1]);
    private final DeliveryRecord record = new DeliveryRecord();
    private @Nullable Hole hole;

    @Override
    public void event(int process, Event event) {
        if (event instanceof Event.Broadcast message) {
            broadcast.at(process, 0).add(message.number());
            return;
        }
        if (hole == null && event instanceof Event.Deliver deliver) {
            check(process, deliver.sender(), deliver.number());
        }
        record.event(process, event);
    }

    private void check(int process, int sender, long number) {
        long[] first = begin.at(process, sender);
        if (first[0] == 0) {
            first[0] = record.fromTheStart(process) ? 1 : number;
        }
        if (number < first[0] && !record.delivered(process, sender).contains(number)) {
            hole = new Hole(process, sender, first[0], number);
        }
        // What was never broadcast comes after nothing: that is for no creation to say.
        if (number > first[0] && broadcast.at(sender, 0).contains(number)) {
            long missing = record.delivered(process, sender).firstMissing(first[0], number - 1);
            if (missing >= 0) {
                hole = new Hole(process, sender, number, missing);
            }
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return Optional.ofNullable(hole)
                .map(found -> facts.name(found.process) + " delivered "
                        + facts.message(found.sender, found.number) + " without having delivered "
                        + facts.message(found.sender, found.missing) + ", which was broadcast before it");
    }
}
