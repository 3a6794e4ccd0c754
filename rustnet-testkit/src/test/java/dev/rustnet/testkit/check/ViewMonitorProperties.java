package dev.rustnet.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.Oracle.Step;
import dev.rustnet.testkit.events.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import org.junit.jupiter.api.Test;

/** The monitors against the definitions, on small runs in which views change, a process joins, and little goes wrong. */
final class ViewMonitorProperties {
    private static final int PROCESSES = 4;

    /** Causal order of a joiner is compared step by step by the monitor, and as a whole by the definition. */
    private static final Set<Property> PROPERTIES = EnumSet.of(
            Property.EPFD1,
            Property.RB2,
            Property.RB3,
            Property.RB4,
            Property.URB4,
            Property.FRB5,
            Property.GM1,
            Property.GM2,
            Property.VS);

    private final List<Step> run = new ArrayList<>();
    private final Set<Integer> crashed = new HashSet<>();
    private final long[] views = new long[PROCESSES + 1];
    private final long[] broadcasts = new long[PROCESSES + 1];

    @net.jqwik.api.Property(tries = 2_000)
    void everyMonitorFindsWhatItsDefinitionFinds(@ForAll long seed) {
        ViewMonitorProperties random = new ViewMonitorProperties();
        random.make(new Random(seed));
        Oracle oracle = new Oracle(random.run, PROCESSES, random.crashed);

        for (Property property : List.of(Property.CRB5, Property.TOB5, Property.UTOB5)) {
            assertThat(MonitorProperties.foundForgetting(property, random.run, random.crashed, PROCESSES))
                    .as("%s, forgetting, in %s, crashed %s", property, random.run, random.crashed)
                    .isEqualTo(found(property, random));
        }
        for (Property property : PROPERTIES) {
            if (property == Property.FRB5 && oracle.violated(Property.RB3)) {
                continue; // What comes after a message that nobody broadcast, is not defined.
            }
            assertThat(found(property, random))
                    .as("%s in %s, crashed %s", property, random.run, random.crashed)
                    .isEqualTo(oracle.violated(property));
            assertThat(MonitorProperties.foundForgetting(property, random.run, random.crashed, PROCESSES))
                    .as("%s, forgetting, in %s, crashed %s", property, random.run, random.crashed)
                    .isEqualTo(oracle.violated(property));
        }
    }

    @Test
    void randomRunsBothViolateAndKeepEachProperty() {
        EnumSet<Property> violated = EnumSet.noneOf(Property.class);
        EnumSet<Property> kept = EnumSet.noneOf(Property.class);

        for (long seed = 0; seed < 1_000; seed++) {
            ViewMonitorProperties random = new ViewMonitorProperties();
            random.make(new Random(seed));
            Oracle oracle = new Oracle(random.run, PROCESSES, random.crashed);
            for (Property property : PROPERTIES) {
                (oracle.violated(property) ? violated : kept).add(property);
            }
        }

        assertThat(violated).isEqualTo(PROPERTIES);
        assertThat(kept).isEqualTo(PROPERTIES);
    }

    private static boolean found(Property property, ViewMonitorProperties random) {
        Monitor monitor = property.monitor();
        random.run.forEach(step -> monitor.event(step.process(), step.event()));
        return monitor.violation(RunFacts.of(
                        new TreeMap<>(Map.of(1, "first", 2, "second", 3, "third", 4, "fourth")), random.crashed))
                .isPresent();
    }

    private void make(Random random) {
        Set<Integer> members = new TreeSet<>(Set.of(1, 2, 3));
        install(1, members, random);
        for (long view = 1; view < 4; view++) {
            List<Step> messages = broadcasts(members, random);
            for (int member : members) {
                deliver(member, messages, random);
            }
            if (random.nextInt(4) == 0) {
                crash(members, random);
            }
            if (view > 1 || random.nextBoolean()) {
                members.add(4);
            }
            install(view + 1, members, random);
        }
    }

    private List<Step> broadcasts(Set<Integer> members, Random random) {
        List<Step> messages = new ArrayList<>();
        for (int member : members) {
            if (random.nextInt(2) == 0) {
                messages.add(new Step(member, new Event.Broadcast(++broadcasts[member])));
            }
        }
        if (random.nextInt(3) == 0) {
            messages.add(new Step(2, new Event.Broadcast(++broadcasts[2])));
        }
        run.addAll(messages);
        return messages;
    }

    private void deliver(int member, List<Step> messages, Random random) {
        List<Step> own = new ArrayList<>(messages);
        if (random.nextInt(20) == 0) {
            Collections.shuffle(own, random);
        }
        for (Step message : own) {
            long number = ((Event.Broadcast) message.event()).number();
            if (random.nextInt(40) == 0) {
                continue;
            }
            long delivered = random.nextInt(100) == 0 ? number + random.nextInt(3) - 1 : number;
            run.add(new Step(member, new Event.Deliver(message.process(), Math.max(1, delivered))));
        }
    }

    private void crash(Set<Integer> members, Random random) {
        int victim = 1 + random.nextInt(3);
        if (crashed.size() < 2 && members.remove(victim)) {
            crashed.add(victim);
            for (int member : members) {
                if (random.nextInt(20) > 0) {
                    run.add(new Step(member, new Event.Suspect(victim)));
                }
            }
        }
    }

    private void install(long view, Set<Integer> members, Random random) {
        for (int member : members) {
            if (random.nextInt(40) == 0) {
                continue;
            }
            views[member] = Math.max(view, views[member] + (random.nextInt(60) == 0 ? 0 : 1));
            Set<Integer> named = new TreeSet<>(members);
            if (random.nextInt(60) == 0) {
                named.remove(1 + random.nextInt(PROCESSES));
            }
            run.add(new Step(member, new Event.InstallView(views[member], List.copyOf(named))));
        }
    }
}
