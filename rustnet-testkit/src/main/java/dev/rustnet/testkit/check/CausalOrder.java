package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CRB5: no process delivers m2 without m1 before it, when the sender of m2 had broadcast or delivered m1 before it
 * broadcast m2. To check this direct relation is enough: where a longer chain is broken, one of its links is.
 *
 * <p>What happened before a message is kept until everybody who is left has delivered that message, or a later one of its
 * sender: memory is bounded by what is undelivered somewhere. Without {@link #begins} it grows with the broadcasts.
 */
final class CausalOrder implements Monitor {
    private static final int MAX_OPEN = 1_000;
    private static final int SLACK = 256;

    private record Gap(int process, int sender, long number, int causeSender, long cause) {}

    // Injected
    private final int slack;

    // State
    private final Participants participants = new Participants();
    private final Map<Integer, CausalPast> pasts = new HashMap<>();
    private final Map<Integer, Integer> tidyAt = new HashMap<>();
    private final PairTable<long[]> checked = new PairTable<>(() -> new long[1]);
    private final FifoOrder own = new FifoOrder();
    private final DeliveryRecord record = new DeliveryRecord();
    private final List<Gap> open = new ArrayList<>();
    private @Nullable Gap gap;

    CausalOrder() {
        this(SLACK);
    }

    /** @param slack how much may be kept besides what is needed, before it is looked what that is */
    CausalOrder(int slack) {
        this.slack = slack;
    }

    @Override
    public void begins(Collection<Integer> processes) {
        participants.begins(processes);
    }

    @Override
    public void ends(int process) {
        participants.ends(process);
    }

    @Override
    public void event(int process, Event event) {
        own.event(process, event);
        if (gap != null) {
            return; // That is violation enough.
        }
        participants.event(process, event);
        if (event instanceof Event.Broadcast message) {
            past(process).broadcast(message.number());
        } else if (event instanceof Event.Deliver deliver) {
            check(process, deliver.sender(), deliver.number());
            past(process).delivered(deliver.sender(), deliver.number());
            record.event(process, event);
            tidy(deliver.sender());
        } else {
            record.event(process, event);
        }
    }

    private CausalPast past(int process) {
        return pasts.computeIfAbsent(process, unused -> new CausalPast());
    }

    private void check(int process, int sender, long number) {
        CausalPast past = past(sender);
        long[] from = checked.at(process, sender);
        long mark = past.mark(number);
        from[0] = Math.max(from[0], past.first());
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

    /** Now and then, forgets what everybody has been checked for. */
    private void tidy(int sender) {
        CausalPast past = past(sender);
        if (!participants.known() || past.size() <= tidyAt.getOrDefault(sender, slack)) {
            return;
        }
        long least = past.runs();
        for (int process : participants.living()) {
            long[] from = checked.at(process, sender);
            least = Math.min(least, Math.max(from[0], past.first()));
        }
        past.forget(least);
        tidyAt.put(sender, 2 * past.size() + slack);
    }

    /** How many runs and marks of all processes are kept. */
    int size() {
        return pasts.values().stream().mapToInt(CausalPast::size).sum();
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
