package dev.rustnet.launcher.simulate;

import com.typesafe.config.ConfigUtil;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.Delays;
import dev.rustnet.testkit.simulation.Fault;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.RunScript;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import dev.rustnet.testkit.simulation.ViewsLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a simulation, without its seed.
 *
 * @param service which broadcast carries the load
 * @param properties by which it is judged
 * @param messages of all processes, one number for all, or one for each by rank
 * @param interval the mean time between two of one process
 * @param payloadBytes of each message
 * @param crashes how many processes crash, at moments from the seed
 * @param crashesAtEvents whether some of them crash at one of their events
 * @param faults whether connections, links and processes fail too, at moments from the seed, and are healed
 * @param restarts how many processes at most crash and start again, at moments from the seed
 * @param clockJumps how many jumps of wall clocks there are at most
 * @param network how it behaves without any fault
 * @param delays how its delays are distributed; null for as the network says
 * @param plan what goes wrong besides
 * @param mayStop whether a process may stop by itself, as one does that is refused after a restart
 * @param settings of each node, by path
 * @param rest how long nothing must have happened in the end; null for what the faults ask for
 */
record Scenario(
        Class<? extends Broadcast> service,
        PropertySet properties,
        int processes,
        List<Integer> messages,
        Duration interval,
        int payloadBytes,
        int crashes,
        boolean crashesAtEvents,
        boolean faults,
        int restarts,
        int clockJumps,
        Network network,
        @Nullable Delays delays,
        FaultPlan plan,
        boolean mayStop,
        Map<String, String> settings,
        @Nullable Duration rest) {
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final int PAYLOAD_BYTES = 16;

    private static final Duration FIRST_MESSAGE = Duration.ofMillis(500);
    /** Longer than the failure detector takes by default. */
    private static final Duration REST = Duration.ofSeconds(8);

    private static final Duration REST_AFTER_FAULTS = Duration.ofSeconds(20);
    /** Longer than a member takes to be excluded, or the first view to be formed without all, by default. */
    private static final Duration REST_WITH_VIEWS = Duration.ofSeconds(75);

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(3);
    private static final String MEMBERSHIP = "rustnet.services.group-membership";

    /** With the usual messages, and nothing by plan. */
    static Scenario of(
            Class<? extends Broadcast> service,
            PropertySet properties,
            int processes,
            int messages,
            int crashes,
            boolean faults) {
        return new Scenario(
                service,
                properties,
                processes,
                List.of(messages),
                INTERVAL,
                PAYLOAD_BYTES,
                crashes,
                false,
                faults,
                0,
                0,
                faults ? Network.ROUGH : Network.LAN,
                null,
                new FaultPlan(),
                false,
                Map.of(),
                null);
    }

    /** Runs it to its end. */
    Simulation run(long seed, RunObserver observer) {
        int most = Collections.max(messages);
        BroadcastLoad load = new BroadcastLoad(service, most, FIRST_MESSAGE, interval, payloadBytes);
        SimulationBuilder builder = Simulation.of(processes)
                .seed(seed)
                .network(networkOf(seed))
                .check(properties)
                .watchDetector()
                .load(viewsChange() ? ViewsLoad.with(load) : load)
                .messages(messages)
                .observe(observer);
        if (mayStop) {
            builder.mayStop();
        }
        if (!settings.isEmpty()) {
            builder.config(settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + ConfigUtil.quoteString(setting.getValue()))
                    .collect(Collectors.joining("\n")));
        }
        Duration loadTime = interval.isZero() ? Duration.ofMillis(1) : interval.multipliedBy(most);
        Duration loadEnd = FIRST_MESSAGE.plus(loadTime);
        RandomFaults drawn = faults
                ? RandomFaults.mixed(FIRST_MESSAGE, loadEnd.plusSeconds(10), 0)
                : new RandomFaults(FIRST_MESSAGE, loadEnd.plusSeconds(10), 0, 0, 0, 0, LONGEST_FAULT);
        drawn = drawn.restarts(restarts).skews(clockJumps);
        if (faults || restarts > 0 || clockJumps > 0) {
            builder.faults(drawn);
        }
        builder.faults(plan.and(new RandomCrashes(FIRST_MESSAGE, loadEnd, crashes, crashesAtEvents)
                .plan(seed, othersThanRestarted(drawn.plan(seed, builder.processes()), builder.processes()))));
        Simulation run = builder.build();
        run.runUntilQuiet(rest(), DEADLINE);
        return run;
    }

    /** How the network behaves in the run of that seed. */
    private NetworkOptions networkOf(long seed) {
        return delays == null ? network.options(seed) : network.options(seed).withDelays(delays);
    }

    /** Whether processes are members of views one after another, so that events must say of which. */
    private boolean viewsChange() {
        return "group-membership".equals(settings.get(MEMBERSHIP));
    }

    /** Whoever comes back is not among those that crash for good. */
    private static List<String> othersThanRestarted(FaultPlan drawn, List<String> processes) {
        List<String> others = new ArrayList<>(processes);
        drawn.entries().forEach(entry -> {
            if (entry.fault() instanceof Fault.Restart restart) {
                others.remove(restart.process());
            }
        });
        return others;
    }

    /** How long nothing must have happened in the end. */
    @Override
    public Duration rest() {
        if (rest != null) {
            return rest;
        }
        if (viewsChange()) {
            return REST_WITH_VIEWS;
        }
        boolean calm = !faults && restarts == 0 && plan.end().isZero() && network.equals(Network.LAN) && delays == null;
        return calm ? REST : REST_AFTER_FAULTS;
    }

    /**
     * What {@code script} says, with all else as it is here; what the script has drawn from a seed stands in its plan.
     *
     * @param seed that of the run which was made smaller
     */
    Scenario with(RunScript script, long seed) {
        boolean same = script.network().equals(networkOf(seed));
        Network smaller = same ? network.of(seed) : Network.of(script.network()).orElse(network);
        return new Scenario(
                service,
                properties,
                script.processes(),
                script.messages(),
                interval,
                payloadBytes,
                0,
                false,
                false,
                0,
                0,
                smaller,
                same ? delays : null,
                script.faults(),
                mayStop,
                settings,
                rest());
    }
}
