package dev.rustnet.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.Oracle.Step;
import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;

/**
 * The monitors against the definitions, on small runs that are random up to the point where a violation is neither
 * certain nor rare.
 */
final class MonitorProperties {
    private static final int PROCESSES = 3;

    /** Those that speak of views are for {@link ViewMonitorProperties}. */
    private static final Set<Property> PROPERTIES =
            EnumSet.complementOf(EnumSet.of(Property.GM1, Property.GM2, Property.VS));

    @net.jqwik.api.Property(tries = 4_000)
    void everyMonitorFindsWhatItsDefinitionFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> run = randomRun(random);
        Set<Integer> crashed = new HashSet<>();
        if (random.nextInt(3) == 0) {
            crashed.add(1 + random.nextInt(PROCESSES));
        }
        Oracle oracle = new Oracle(run, PROCESSES, crashed);

        for (Property property : PROPERTIES) {
            if ((property == Property.CRB5 || property == Property.FRB5) && oracle.violated(Property.RB3)) {
                continue; // What happened before a message that nobody broadcast, is not defined.
            }
            assertThat(found(property, run, crashed))
                    .as("%s in %s, crashed %s", property, run, crashed)
                    .isEqualTo(oracle.violated(property));
            assertThat(foundForgetting(property, run, crashed, PROCESSES))
                    .as("%s, forgetting, in %s, crashed %s", property, run, crashed)
                    .isEqualTo(oracle.violated(property));
        }
    }

    @org.junit.jupiter.api.Test
    void randomRunsBothViolateAndKeepEachProperty() {
        EnumSet<Property> violated = EnumSet.noneOf(Property.class);
        EnumSet<Property> kept = EnumSet.noneOf(Property.class);

        for (long seed = 0; seed < 2_000; seed++) {
            List<Step> run = randomRun(new SplittableRandom(seed));
            Oracle oracle = new Oracle(run, PROCESSES, Set.of(1 + (int) (seed % PROCESSES)));
            for (Property property : PROPERTIES) {
                (oracle.violated(property) ? violated : kept).add(property);
            }
        }

        assertThat(violated).isEqualTo(PROPERTIES);
        assertThat(kept).isEqualTo(PROPERTIES);
    }

    private static boolean found(Property property, List<Step> run, Set<Integer> crashed) {
        Monitor monitor = property.monitor();
        run.forEach(step -> monitor.event(step.process(), step.event()));
        return monitor.violation(RunFacts.of(new TreeMap<>(Map.of(1, "first", 2, "second", 3, "third")), crashed))
                .isPresent();
    }

    /** The same by a monitor that knows who takes part and keeps nothing that it can forget. */
    static boolean foundForgetting(Property property, List<Step> run, Set<Integer> crashed, int processes) {
        Monitor monitor = property == Property.CRB5 ? new CausalOrder(0) : property.monitor();
        List<Integer> all = IntStream.rangeClosed(1, processes).boxed().toList();
        monitor.begins(all);
        for (int i = 0; i < run.size(); i++) {
            monitor.event(run.get(i).process(), run.get(i).event());
            for (int process : crashed) {
                if (isLast(run, i, process)) {
                    monitor.ends(process);
                }
            }
        }
        SortedMap<Integer, String> names = new TreeMap<>();
        all.forEach(process -> names.put(process, "p" + process));
        return monitor.violation(RunFacts.of(names, crashed)).isPresent();
    }

    private static boolean isLast(List<Step> run, int index, int process) {
        return run.get(index).process() == process
                && run.subList(index + 1, run.size()).stream().noneMatch(step -> step.process() == process);
    }

    /** Mostly sensible: each process delivers in a random order what was broadcast; now and then it errs. */
    private static List<Step> randomRun(SplittableRandom random) {
        List<Step> run = new ArrayList<>();
        Map<Integer, Long> broadcasts = new HashMap<>();
        Map<List<Integer>, Long> sends = new HashMap<>();
        boolean orderly = random.nextBoolean();
        int length = random.nextInt(24);
        for (int i = 0; i < length; i++) {
            int process = 1 + random.nextInt(PROCESSES);
            int peer = 1 + random.nextInt(PROCESSES);
            switch (random.nextInt(10)) {
                case 0, 1 -> run.add(new Step(process, new Event.Broadcast(broadcasts.merge(process, 1L, Long::sum))));
                case 2 -> run.add(new Step(process, new Event.Suspect(peer)));
                case 3 -> run.add(new Step(process, new Event.Restore(peer)));
                case 4 ->
                    run.add(new Step(
                            process, new Event.Send(peer, sends.merge(List.of(process, peer), 1L, Long::sum))));
                case 5 -> run.add(new Step(process, new Event.Receive(peer, 1L + random.nextInt(2))));
                default -> deliver(run, process, peer, broadcasts.getOrDefault(peer, 0L), orderly, random);
            }
        }
        if (orderly) {
            deliverTheRest(run, broadcasts, random);
        }
        return run;
    }

    private static void deliver(
            List<Step> run, int process, int sender, long broadcasts, boolean orderly, SplittableRandom random) {
        long number = 1L + random.nextInt(3);
        Step step = new Step(process, new Event.Deliver(sender, number));
        if (!orderly || (number <= broadcasts && !run.contains(step))) {
            run.add(step);
        }
    }

    private static void deliverTheRest(List<Step> run, Map<Integer, Long> broadcasts, SplittableRandom random) {
        broadcasts.forEach((sender, last) -> {
            for (int process = 1; process <= PROCESSES; process++) {
                for (long number = 1; number <= last; number++) {
                    Step step = new Step(process, new Event.Deliver(sender, number));
                    if (!run.contains(step) && random.nextInt(20) > 0) {
                        run.add(step);
                    }
                }
            }
        });
    }
}
