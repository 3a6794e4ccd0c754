package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TOB5: no two correct processes deliver two messages in different orders. UTOB5: no two processes.
 *
 * <p>Where a message stands at those that have delivered it is kept until everybody who is left has: memory is bounded by what
 * is undelivered somewhere. Without {@link #begins} it grows with the deliveries.
 */
final class TotalOrder implements Monitor {
    /** Between whom the order must be the same. */
    enum Kind {
        REGULAR,
        UNIFORM
    }

    private record Message(int sender, long number) {}

    /** At which place of its deliveries, from 1, each process has delivered a message that somebody has not. */
    private static final class Places {
        private int[] processes = new int[4];
        private long[] positions = new long[4];
        private int count;

        void add(int process, long position) {
            if (count == processes.length) {
                processes = Arrays.copyOf(processes, 2 * count);
                positions = Arrays.copyOf(positions, 2 * count);
            }
            processes[count] = process;
            positions[count] = position;
            count++;
        }
    }

    /** Of the messages that both have delivered, the one that stands last at the process of the row. */
    private static final class LastCommon {
        private long position;
        private int sender;
        private long number;
    }

    private record Crossing(int process, int other, int sender, long number, int laterSender, long laterNumber) {}

    // Injected
    private final Kind kind;

    // State
    private final Participants participants = new Participants();
    private final Map<Message, Places> undelivered = new HashMap<>();
    private final PairTable<IntervalSet> delivered = new PairTable<>(IntervalSet::new);
    private final PairTable<long[]> count = new PairTable<>(() -> new long[1]);
    private final PairTable<LastCommon> lastCommon = new PairTable<>(LastCommon::new);
    private final PairTable<boolean[]> crossed = new PairTable<>(() -> new boolean[1]);
    private final List<Crossing> crossings = new ArrayList<>();

    TotalOrder(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void begins(Collection<Integer> processes) {
        participants.begins(processes);
    }

    @Override
    public void ends(int process) {
        if (participants.ends(process)) {
            tidy();
        }
    }

    @Override
    public void event(int process, Event event) {
        boolean changed = participants.event(process, event);
        if (event instanceof Event.Deliver deliver
                && delivered
                        .at(process, deliver.sender())
                        .add(deliver.number())) { // Twice is for no duplication to say.
            deliver(process, deliver);
        } else if (changed) {
            tidy();
        }
    }

    private void deliver(int process, Event.Deliver message) {
        long position = ++count.at(process, 0)[0];
        Message key = new Message(message.sender(), message.number());
        Places places = undelivered.computeIfAbsent(key, unused -> new Places());
        for (int i = 0; i < places.count; i++) {
            common(process, position, places.processes[i], places.positions[i], message);
        }
        places.add(process, position);
        if (participants.known() && isEverywhere(key)) {
            undelivered.remove(key);
        }
    }

    private boolean isEverywhere(Message message) {
        for (int process : participants.living()) {
            IntervalSet there = delivered.peek(process, message.sender);
            if (there == null || !there.contains(message.number)) {
                return false;
            }
        }
        return true;
    }

    /** Fewer count than before. */
    private void tidy() {
        if (participants.known()) {
            undelivered.keySet().removeIf(this::isEverywhere);
        }
    }

    /** How many messages are kept. */
    int size() {
        return undelivered.size();
    }

    /** The message is the latest that {@code process} delivered, so it must be the latest common one at the other too. */
    private void common(int process, long position, int other, long there, Event.Deliver message) {
        LastCommon atOther = lastCommon.at(other, process);
        if (there < atOther.position && !crossed.at(process, other)[0]) {
            crossed.at(process, other)[0] = true;
            crossings.add(
                    new Crossing(process, other, message.sender(), message.number(), atOther.sender, atOther.number));
        }
        if (there > atOther.position) {
            take(atOther, there, message);
        }
        take(lastCommon.at(process, other), position, message);
    }

    private static void take(LastCommon last, long position, Event.Deliver message) {
        last.position = position;
        last.sender = message.sender();
        last.number = message.number();
    }

    @Override
    public Optional<String> violation(RunFacts facts) {
        return crossings.stream()
                .filter(crossing ->
                        kind == Kind.UNIFORM || (facts.isCorrect(crossing.process) && facts.isCorrect(crossing.other)))
                .findFirst()
                .map(crossing -> {
                    String first = facts.message(crossing.sender, crossing.number);
                    String second = facts.message(crossing.laterSender, crossing.laterNumber);
                    return facts.name(crossing.other) + " delivered " + first + " before " + second + ", and "
                            + facts.name(crossing.process) + " delivered " + second + " before " + first;
                });
    }
}
