package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * TOB5: no two correct processes deliver two messages in different orders. UTOB5: no two processes.
 *
 * <p>Memory: four bytes for each delivery.
 */
final class TotalOrder implements Monitor {
    /** Between whom the order must be the same. */
    enum Kind {
        REGULAR,
        UNIFORM
    }

    /** Where one process has delivered the messages of one sender: 1 for its first delivery, 0 for never. */
    private static final class Positions {
        private int[] byNumber = new int[16];

        int of(long number) {
            return number < byNumber.length ? byNumber[(int) number] : 0;
        }

        void put(long number, int position) {
            if (number > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("total order is checked for up to 2^31 broadcasts of one process");
            }
            if (number >= byNumber.length) {
                byNumber = Arrays.copyOf(byNumber, Math.max((int) number + 1, 2 * byNumber.length));
            }
            byNumber[(int) number] = position;
        }
    }

    /** Of the messages that both have delivered, the one that stands last at the process of the row. */
    private static final class LastCommon {
        private int position;
        private int sender;
        private long number;
    }

    private record Crossing(int process, int other, int sender, long number, int laterSender, long laterNumber) {}

    // Injected
    private final Kind kind;

    // State
    private final TreeSet<Integer> processes = new TreeSet<>();
    private final PairTable<Positions> positions = new PairTable<>(Positions::new);
    private final PairTable<int[]> count = new PairTable<>(() -> new int[1]);
    private final PairTable<LastCommon> lastCommon = new PairTable<>(LastCommon::new);
    private final PairTable<boolean[]> crossed = new PairTable<>(() -> new boolean[1]);
    private final List<Crossing> crossings = new ArrayList<>();

    TotalOrder(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void event(int process, Event event) {
        if (!(event instanceof Event.Deliver deliver)) {
            return;
        }
        processes.add(process);
        Positions own = positions.at(process, deliver.sender());
        if (own.of(deliver.number()) != 0) {
            return; // A second delivery is for no duplication to say.
        }
        int position = ++count.at(process, 0)[0];
        own.put(deliver.number(), position);
        for (int other : processes) {
            int there =
                    other == process ? 0 : positions.at(other, deliver.sender()).of(deliver.number());
            if (there != 0) {
                common(process, position, other, there, deliver);
            }
        }
    }

    /** The message is the latest that {@code process} delivered, so it must be the latest common one at the other too. */
    private void common(int process, int position, int other, int there, Event.Deliver message) {
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

    private static void take(LastCommon last, int position, Event.Deliver message) {
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
