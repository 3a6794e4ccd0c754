package dev.rustnet.launcher.simulate;

import com.typesafe.config.ConfigUtil;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.RunScript;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
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
 * @param faults whether connections, links and processes fail too, at moments from the seed, and are healed
 * @param network how it behaves without any fault
 * @param plan what goes wrong besides
 * @param restarts whether the plan restarts a process, which may then stop when it is refused
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
        boolean faults,
        NetworkOptions network,
        FaultPlan plan,
        boolean restarts,
        Map<String, String> settings,
        @Nullable Duration rest) {
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final int PAYLOAD_BYTES = 16;

    private static final Duration FIRST_MESSAGE = Duration.ofMillis(500);
    /** Longer than the failure detector takes by default. */
    private static final Duration REST = Duration.ofSeconds(8);

    private static final Duration REST_AFTER_FAULTS = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

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
                faults,
                faults ? NetworkOptions.rough() : NetworkOptions.lan(),
                new FaultPlan(),
                false,
                Map.of(),
                null);
    }

    /** Runs it to its end. */
    Simulation run(long seed, RunObserver observer) {
        int most = Collections.max(messages);
        SimulationBuilder builder = Simulation.of(processes)
                .seed(seed)
                .network(network)
                .check(properties)
                .watchDetector()
                .load(new BroadcastLoad(service, most, FIRST_MESSAGE, interval, payloadBytes))
                .messages(messages)
                .observe(observer);
        if (restarts) {
            builder.mayStop();
        }
        if (!settings.isEmpty()) {
            builder.config(settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + ConfigUtil.quoteString(setting.getValue()))
                    .collect(Collectors.joining("\n")));
        }
        Duration loadTime = interval.isZero() ? Duration.ofMillis(1) : interval.multipliedBy(most);
        Duration loadEnd = FIRST_MESSAGE.plus(loadTime);
        if (faults) {
            builder.faults(RandomFaults.mixed(FIRST_MESSAGE, loadEnd.plusSeconds(10), 0));
        }
        builder.faults(plan.and(new RandomCrashes(FIRST_MESSAGE, loadEnd, crashes).plan(seed, builder.processes())));
        Simulation run = builder.build();
        run.runUntilQuiet(rest(), DEADLINE);
        return run;
    }

    /** How long nothing must have happened in the end. */
    @Override
    public Duration rest() {
        if (rest != null) {
            return rest;
        }
        boolean calm = !faults && plan.end().isZero() && network.equals(NetworkOptions.lan());
        return calm ? REST : REST_AFTER_FAULTS;
    }

    /** What {@code script} says, with all else as it is here; what the script has drawn from a seed stands in its plan. */
    Scenario with(RunScript script) {
        return new Scenario(
                service,
                properties,
                script.processes(),
                script.messages(),
                interval,
                payloadBytes,
                0,
                false,
                script.network(),
                script.faults(),
                restarts,
                settings,
                rest());
    }
}
