package dev.rustnet.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Monitors of orders keep what is undelivered somewhere, however long the run is. */
class BoundedMonitorsTest {
    private static final int PROCESSES = 4;
    private static final int MOST_BEHIND = 50;
    private static final int EVENTS = 400_000;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<int[]> messages = new ArrayList<>();
    private final int[] next = new int[PROCESSES + 1];
    private final Map<Integer, Integer> broadcasts = new HashMap<>();
    private int most;

    /** One sequence of messages, which each process takes at its own pace: as causal and as total as can be. */
    private void run(Monitor monitor, IntSupplier size, int until) {
        while (until > messages.size()) {
            int process = 1 + random.nextInt(PROCESSES);
            if (next[process] == messages.size()
                    || (random.nextInt(4) == 0 && slowest() > messages.size() - MOST_BEHIND)) {
                int number = broadcasts.merge(process, 1, Integer::sum);
                // It takes all that was broadcast before it, as one that decides the order would.
                deliverAll(monitor, process);
                monitor.event(process, new Event.Broadcast(number));
                messages.add(new int[] {process, number});
            }
            deliver(monitor, process);
            most = Math.max(most, size.getAsInt());
        }
    }

    private int slowest() {
        return IntStream.rangeClosed(1, PROCESSES)
                .map(process -> next[process])
                .min()
                .orElseThrow();
    }

    private void deliverAll(Monitor monitor, int process) {
        while (next[process] < messages.size()) {
            deliver(monitor, process);
        }
    }

    private void deliver(Monitor monitor, int process) {
        if (next[process] < messages.size()) {
            int[] message = messages.get(next[process]++);
            monitor.event(process, new Event.Deliver(message[0], message[1]));
        }
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, PROCESSES).boxed().toList();
    }

    private static RunFacts facts() {
        return RunFacts.of(new TreeMap<>(Map.of(1, "p1", 2, "p2", 3, "p3", 4, "p4")), java.util.Set.of());
    }

    @Test
    void totalOrderKeepsWhatIsUndeliveredSomewhere() {
        TotalOrder monitor = new TotalOrder(TotalOrder.Kind.UNIFORM);
        monitor.begins(all());

        run(monitor, monitor::size, EVENTS / PROCESSES);

        assertThat(monitor.violation(facts())).isEmpty();
        assertThat(most).isLessThanOrEqualTo(MOST_BEHIND + 1);
    }

    @Test
    void withoutKnowingWhoTakesPartEverythingIsKept() {
        TotalOrder total = new TotalOrder(TotalOrder.Kind.UNIFORM);

        run(total, total::size, 1_000);

        assertThat(total.size()).isEqualTo(1_000);
    }

    @Test
    void causalOrderKeepsWhatHappenedBeforeWhatIsUndeliveredSomewhere() {
        CausalOrder monitor = new CausalOrder();
        monitor.begins(all());

        run(monitor, monitor::size, EVENTS / PROCESSES);

        assertThat(monitor.violation(facts())).isEmpty();
        assertThat(most).isLessThan(10_000);
    }

    @Test
    void whoSaysNothingTakesNoRoom() {
        CausalOrder monitor = new CausalOrder();
        monitor.begins(all());

        for (int number = 1; number <= 20_000; number++) {
            for (int sender = 1; sender <= 2; sender++) {
                monitor.event(sender, new Event.Broadcast(number));
                for (int process = 1; process <= PROCESSES; process++) {
                    monitor.event(process, new Event.Deliver(sender, number));
                }
            }
        }

        assertThat(monitor.violation(facts())).isEmpty();
        assertThat(monitor.size()).isLessThan(2_000);
    }

    @Test
    void forWhomEverythingIsKeptThatIsNotDelivered() {
        TotalOrder total = new TotalOrder(TotalOrder.Kind.UNIFORM);
        total.begins(all());
        for (int number = 1; number <= 1_000; number++) {
            total.event(1, new Event.Broadcast(number));
            for (int process = 1; process < PROCESSES; process++) {
                total.event(process, new Event.Deliver(1, number));
            }
        }
        assertThat(total.size()).isEqualTo(1_000);

        total.event(PROCESSES, new Event.Crash());

        assertThat(total.size()).isZero();
    }

    @Test
    void aProcessThatComesLaterIsJudgedOnWhatIsDeliveredSinceThen() {
        TotalOrder total = new TotalOrder(TotalOrder.Kind.UNIFORM);
        total.begins(List.of(1, 2));
        for (int number = 1; number <= 4; number++) {
            total.event(1, new Event.Broadcast(number));
        }
        for (int process = 1; process <= 2; process++) {
            total.event(process, new Event.Deliver(1, 1));
            total.event(process, new Event.Deliver(1, 2));
        }
        assertThat(total.size()).isZero();
        for (int process = 1; process <= 2; process++) {
            total.event(process, new Event.InstallView(2, List.of(1, 2, 3)));
            total.event(process, new Event.Deliver(1, 3));
            total.event(process, new Event.Deliver(1, 4));
        }
        assertThat(total.size()).isEqualTo(2);

        total.event(3, new Event.Deliver(1, 4));
        total.event(3, new Event.Deliver(1, 3));

        assertThat(total.violation(RunFacts.of(new TreeMap<>(Map.of(1, "p1", 2, "p2", 3, "p3")), java.util.Set.of())))
                .contains("p1 delivered p1#3 before p1#4, and p3 delivered p1#4 before p1#3");
    }
}
