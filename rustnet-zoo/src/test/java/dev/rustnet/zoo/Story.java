package dev.rustnet.zoo;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.diagram.SpaceTimeRecorder;
import dev.rustnet.testkit.diagram.SvgImage;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.RandomCrashes;
import dev.rustnet.testkit.simulation.RunScript;
import dev.rustnet.testkit.simulation.Shrinker;
import dev.rustnet.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that {@code docs/simulation.md} tells of, from the first seed that fails to the regression test: the same that
 * {@code rustnet simulate} runs when told what stands there. Lives in the world with the bug, and in the real one.
 */
public final class Story implements World.Errand {
    static final String BUG = "uniform-delivers-its-own-at-once";

    private static final String TITLE = "uniform reliable broadcast";
    private static final Duration REST = Duration.ofSeconds(8);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** As the command says it. */
    private static final FaultPlan FOUND_FAULTS = new FaultPlan()
            .at(962_723, MICROSECONDS)
            .crashAfterSends("p3", 4)
            .at(1_445_656, MICROSECONDS)
            .crashAfterSends("p4", 6);

    private static final RunScript FOUND = new RunScript(
            5, 27, Collections.nCopies(5, 20), FOUND_FAULTS, NetworkOptions.lan(), Duration.ofMillis(100));

    private static final RunScript SMALLER = new RunScript(
            3,
            13,
            List.of(0, 1, 0),
            new FaultPlan().at(61_250, MICROSECONDS).crashAfterSends("p2", 2),
            NetworkOptions.lan(),
            Duration.ofMillis(100));

    /** Made in each world. */
    public Story() {}

    /**
     * Answers for each of {@code found} and {@code smaller} with its {@code -words}, what does not hold, or empty; its {@code
     * -events}; and its {@code -svg}. Asked with {@code shrink}, also with {@code sizes} and {@code code}, what the shrinker
     * says.
     */
    @Override
    public Map<String, String> apply(Map<String, String> order) {
        Map<String, String> answer = new LinkedHashMap<>();
        Simulation found = run("found", FOUND, "p4#10", answer);
        run("smaller", SMALLER, "p2#1", answer);
        if (order.containsKey("shrink")) {
            Shrinker.shrink(found).ifPresent(shrunk -> {
                answer.put("sizes", shrunk.sizes());
                answer.put("code", shrunk.code());
            });
        }
        return answer;
    }

    /** The image of the README: best-effort broadcast, of which reliable broadcast's agreement is asked. */
    static String weaker() {
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        List<String> processes = Simulation.of(4).processes();
        RandomCrashes crash = new RandomCrashes(Duration.ofMillis(500), Duration.ofMillis(600), 1);
        Simulation run = Simulation.of(4)
                .seed(52)
                .check(PropertySet.RELIABLE_BROADCAST)
                .watchDetector()
                .load(BroadcastLoad.of(BestEffortBroadcast.class, 1))
                .faults(crash.plan(52, processes))
                .observe(recorder)
                .build();
        run.runUntilQuiet(REST, DEADLINE);
        if (run.verdict().violation().isEmpty()) {
            throw new IllegalStateException(
                    "seed 52 shows nothing any more; for the README's image, look for another with"
                            + " rustnet simulate --component best-effort --check reliable-broadcast --messages 1 --crash 1 --until-failure");
        }
        return SvgImage.of(recorder.of(run, "best-effort broadcast, 4 processes, seed 52", ""));
    }

    private static Simulation run(String name, RunScript script, String message, Map<String, String> answer) {
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        Simulation run = Simulation.of(script.processes())
                .seed(script.seed())
                .network(script.network())
                .startSpread(script.startSpread())
                .check(PropertySet.UNIFORM_RELIABLE_BROADCAST)
                .watchDetector()
                .load(BroadcastLoad.of(UniformReliableBroadcast.class, 20))
                .messages(script.messages())
                .faults(script.faults())
                .observe(recorder)
                .build();
        run.runUntilQuiet(REST, DEADLINE);
        answer.put(
                name + "-words", run.verdict().violation().map(Verdict::words).orElse(""));
        answer.put(name + "-holds", "" + run.verdict().holds());
        answer.put(name + "-events", "" + run.trace().count());
        answer.put(name + "-svg", SvgImage.of(recorder.of(run, TITLE, ""), message));
        return run;
    }
}
