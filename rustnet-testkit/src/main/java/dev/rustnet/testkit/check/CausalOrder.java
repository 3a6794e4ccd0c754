package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CRB5: no process delivers m2 without m1 before it, when the sender of m2 had broadcast or delivered m1 before it
 * broadcast m2. To check this direct relation is enough: where a longer chain is broken, one of its links is.
 *
 * <p>Memory grows with the deliveries, by up to 20 bytes for each; runs of one sender's messages count once.
 */
final class CausalOrder implements Monitor {
    private static final int MAX_OPEN = 1_000;

    private record Gap(int process, int sender, long number, int causeSender, long cause) {}

    // State
    private final Map<Integer, CausalPast> pasts = new HashMap<>();
    private final Map<Integer, Integer> lastMark = new HashMap<>();
    private final PairTable<int[]> checked = new PairTable<>(() -> new int[1]);
    private final FifoOrder own = new FifoOrder();
    private final DeliveryRecord record = new DeliveryRecord();
    private final List<Gap> open = new ArrayList<>();
    private @Nullable Gap gap;

    @Override
    public void event(int process, Event event) {
        own.event(process, event);
        if (event instanceof Event.Broadcast message) {
            CausalPast past = past(process);
            past.broadcast(message.number());
            lastMark.put(process, past.runs());
        } else if (event instanceof Event.Deliver deliver) {
            if (gap == null) {
                check(process, deliver.sender(), deliver.number());
            }
            past(process).delivered(deliver.sender(), deliver.number(), lastMark.getOrDefault(process, 0));
            record.event(process, event);
        } else {
            record.event(process, event);
        }
    }

    private CausalPast past(int process) {
        return pasts.computeIfAbsent(process, unused -> new CausalPast());
    }

    private void check(int process, int sender, long number) {
        CausalPast past = past(sender);
        int[] from = checked.at(process, sender);
        int mark = past.mark(number);
        for (; from[0] < mark; from[0]++) {
            int causeSender = past.sender(from[0]);
            IntervalSet have = record.delivered(process, causeSender);
            long last = past.last(from[0]);
            for (long missing = have.firstMissing(past.first(from[0]), last);
                    missing >= 0;
                    missing = missing < last ? have.firstMissing(missing + 1, last) : -1) {
                if (causeSender != sender || missing != number) {
                    report(new Gap(process, sender, number, causeSender, missing));
                }
            }
        }
    }

    private void report(Gap found) {
        if (record.fromTheStart(found.process)) {
            gap = gap == null ? found : gap;
        } else if (open.size() < MAX_OPEN) {
            open.add(found);
        }
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        Optional<Gap> found = Optional.ofNullable(gap).or(() -> open.stream()
                .filter(candidate -> owedToJoiner(candidate, facts))
                .findFirst());
        return found.map(broken -> facts.name(broken.process) + " delivered "
                        + facts.message(broken.sender, broken.number) + " without having delivered "
                        + facts.message(broken.causeSender, broken.cause) + ", which happened before it")
                .or(() -> own.violation(facts));
    }

    private boolean owedToJoiner(Gap candidate, RunFacts facts) {
        return facts.processes().stream()
                .anyMatch(process ->
                        record.deliveredSinceJoin(process, candidate.process, candidate.causeSender, candidate.cause));
    }
}
