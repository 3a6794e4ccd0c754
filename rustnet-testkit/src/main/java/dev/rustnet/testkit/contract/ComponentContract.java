package dev.rustnet.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.simulation.Divergence;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomFaults;
import dev.rustnet.testkit.simulation.ScenarioSeeds;
import dev.rustnet.testkit.simulation.SimulatedProcess;
import dev.rustnet.testkit.simulation.Simulation;
import dev.rustnet.testkit.simulation.SimulationBuilder;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every component must hold, whatever it is for: it starts and stops, twice, and leaves neither a thread nor itself
 * behind; the same seed gives the same run; time, threads, randomness, files and sockets come from its context alone; a peer
 * that speaks garbage, on its links and on the broadcast channels that it opens, does not bring it down. Extend it in a JUnit test.
 */
public abstract class ComponentContract {
    private static final int PROCESSES = 3;
    private static final int CYCLES = 2;
    private static final int COLLECTIONS = 20;

    /** The component under test, made anew for each node. */
    protected abstract NetComponent component();

    /** Settings of every node, in HOCON with full paths; to enable the component, and to have it do something. */
    protected String config() {
        return "";
    }

    /** Other components of each node, made anew; stand-ins are added for what is lacking. */
    protected List<NetComponent> others() {
        return List.of();
    }

    /** Has the component do something, where it does nothing by itself: called for each node that is built. */
    protected void use(SimulatedProcess process) {}

    /** How many seeds. */
    protected int seeds() {
        return 10;
    }

    private SimulationBuilder mesh(long seed) {
        return Simulation.of(PROCESSES)
                .seed(seed)
                .components(() -> with(component()))
                .standIns()
                .config(config())
                .onBuild(this::use);
    }

    private List<NetComponent> with(NetComponent component) {
        List<NetComponent> all = new ArrayList<>(others());
        all.add(component);
        return all;
    }

    @Test
    public final void startsAndStopsTwiceWithoutALeak() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<WeakReference<NetComponent>> made = new ArrayList<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            startAndStop(made);
        }
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.isAlive() && !before.contains(thread) && startedBy(thread)) {
                left.add(thread.getName());
            }
        }
        assertTrue(left.isEmpty(), () -> "threads are left behind after stop: " + left);
        for (int i = 0; i < COLLECTIONS && made.stream().anyMatch(one -> one.get() != null); i++) {
            System.gc();
        }
        long alive = made.stream().filter(one -> one.get() != null).count();
        assertEquals(
                0,
                alive,
                () -> alive + " of " + made.size()
                        + " instances are still reachable after their nodes have stopped: something static holds them");
    }

    /** Not one of the JVM's or the test's own, which may come at any time. */
    private static boolean startedBy(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && !group.getName().equals("system")
                && !group.getName().equals("InnocuousThreadGroup")
                && !thread.getName().startsWith("surefire")
                && !thread.getName().startsWith("junit");
    }

    private void startAndStop(List<WeakReference<NetComponent>> made) {
        Simulation run = Simulation.of(PROCESSES)
                .components(() -> {
                    NetComponent component = component();
                    made.add(new WeakReference<>(component));
                    return with(component);
                })
                .standIns()
                .config(config())
                .onBuild(this::use)
                .mayStop()
                .build();
        run.runFor(Duration.ofSeconds(5));
        for (SimulatedProcess process : run.processes()) {
            assertEquals(SimulatedProcess.State.RUNNING, process.state(), run::report);
            process.after(Duration.ZERO, () -> process.node().close());
        }
        run.runFor(Duration.ofSeconds(60));
        for (SimulatedProcess process : run.processes()) {
            assertEquals(SimulatedProcess.State.STOPPED, process.state(), run::report);
            assertTrue(
                    process.node().whenStopped().isDone()
                            && !process.node().whenStopped().isCompletedExceptionally(),
                    () -> process.name() + " stopped, but not in good order: " + run.report());
        }
    }

    @Test
    public final void theSameSeedGivesTheSameRun() {
        ScenarioSeeds seeds = ScenarioSeeds.of(seeds());
        for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
            Simulation run = rough(seed);
            assertEquals(
                    run.trace().hash(),
                    rough(seed).trace().hash(),
                    () ->
                            "two runs differ: the component takes something from outside of its context, or goes through a"
                                    + " hash set or map whose order differs from run to run.\n"
                                    + Divergence.find(() -> roughly(run.seed()), ComponentContract::drive)
                                            .map(Divergence::toString)
                                            .orElse("run again for a closer look, they did not differ any more")
                                    + "\n" + run.report());
        }
    }

    private Simulation rough(long seed) {
        Simulation run = roughly(seed).build();
        drive(run);
        return run;
    }

    private SimulationBuilder roughly(long seed) {
        return mesh(seed)
                .network(NetworkOptions.rough())
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(10), 1))
                .mayStop();
    }

    private static void drive(Simulation run) {
        run.runFor(Duration.ofSeconds(15));
    }

    @Test
    public final void takesTimeThreadsAndRandomnessFromItsContextAlone() {
        try {
            OutsideWorld.check(component().getClass());
        } catch (NoClassDefFoundError e) {
            fail(
                    "this test reads the component's classes with ArchUnit: add com.tngtech.archunit:archunit-junit5 with the"
                            + " scope test");
        }
    }

    @Test
    public final void survivesAPeerThatSpeaksGarbage() {
        ScenarioSeeds seeds = ScenarioSeeds.of(seeds());
        for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
            Babble babble = new Babble();
            int[] made = {0};
            Simulation run = Simulation.of(PROCESSES)
                    .seed(seed)
                    // The first node that is made, whichever it is, speaks garbage under the component's name.
                    .components(
                            () -> made[0]++ == 0 ? List.of(new GarbageSpeaker(component(), babble)) : with(component()))
                    .standIns(babble::opened)
                    .config(config())
                    .onBuild(process -> {
                        if (process.node()
                                .findService(GarbageSpeaker.Marker.class)
                                .isEmpty()) {
                            use(process);
                        }
                    })
                    .faults(new FaultPlan().at(Duration.ofSeconds(8)).heal())
                    .build();
            run.runFor(Duration.ofSeconds(12));
            assertTrue(babble.spoken() > 0, "nothing was said");
            for (SimulatedProcess process : run.processes()) {
                assertNotNull(process.node());
                assertEquals(
                        SimulatedProcess.State.RUNNING,
                        process.state(),
                        () -> process.name() + " was brought down by a peer that speaks garbage. " + run.report());
            }
        }
    }
}
