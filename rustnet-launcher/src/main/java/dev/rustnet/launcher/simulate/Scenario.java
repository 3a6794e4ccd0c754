package dev.rustnet.launcher.simulate;

import com.typesafe.config.ConfigUtil;
import dev.rustnet.broadcast.Broadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.DetectorWatch;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.RunObserver;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What runs in a simulation, without its seed.
 *
 * @param service which broadcast carries the load
 * @param properties by which it is judged
 * @param messages of each process
 * @param crashes how many processes crash
 * @param faults whether connections, links and processes fail too, and are healed
 * @param settings of each node, by path
 */
record Scenario(
        Class<? extends Broadcast> service,
        PropertySet properties,
        int processes,
        int messages,
        int crashes,
        boolean faults,
        Map<String, String> settings) {
    private static final Duration FIRST_MESSAGE = Duration.ofMillis(500);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** Longer than the failure detector takes by default. */
    private static final Duration REST = Duration.ofSeconds(8);

    private static final Duration REST_AFTER_FAULTS = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** Runs it to its end. */
    Simulation run(long seed, RunObserver observer) {
        SimulationBuilder builder = Simulation.of(processes)
                .seed(seed)
                .network(faults ? NetworkOptions.rough() : NetworkOptions.lan())
                .check(properties)
                .onBuild(DetectorWatch::on)
                .load(BroadcastLoad.of(service, messages).from(FIRST_MESSAGE).every(INTERVAL))
                .observe(observer);
        if (!settings.isEmpty()) {
            builder.config(settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + ConfigUtil.quoteString(setting.getValue()))
                    .collect(Collectors.joining("\n")));
        }
        Duration loadEnd = FIRST_MESSAGE.plus(INTERVAL.multipliedBy(messages));
        if (faults) {
            builder.faults(RandomFaults.mixed(FIRST_MESSAGE, loadEnd.plusSeconds(10), 0));
        }
        builder.faults(new RandomCrashes(FIRST_MESSAGE, loadEnd, crashes).plan(seed, builder.processes()));
        Simulation run = builder.build();
        run.runUntilQuiet(faults ? REST_AFTER_FAULTS : REST, DEADLINE);
        return run;
    }
}
