package dev.rustnet.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.events.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShrinkerTest {
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    /** Enough for all that is tried here. */
    private static final long MANY = 1_500_000;

    private final Simulation failed = firstThatFails();
    private final Shrunk shrunk = Shrinker.shrink(failed, MANY).orElseThrow();

    @Test
    void aRunThatFailsIsReducedToWhatTheFailureNeeds() {
        // One who crashes, one whom its message has reached, one whom it has not; this one says something too, since an
        // empty log proves nothing.
        RunScript script = shrunk.script();
        assertThat(script.processes()).isEqualTo(3);
        assertThat(script.messagesOfAll()).isEqualTo(2);
        assertThat(script.faults().entries()).hasSize(1);
        assertThat(script.faults().entries().get(0).fault()).isInstanceOf(Fault.Crash.class);
        assertThat(script.network()).isEqualTo(NetworkOptions.lan());
        assertThat(script.startSpread()).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(shrunk.reduction()).isGreaterThan(5);
        assertThat(shrunk.verdict().property()).isEqualTo(Property.RB4);
        assertThat(shrunk.sizes())
                .startsWith("5 processes, 40 messages, ")
                .contains("; now 3 processes, 2 messages, 1 fault: ");
    }

    @Test
    void theSmallerRunReplaysToTheSameViolation() {
        RunScript script = shrunk.script();

        Simulation again = shrunk.again(new RunObserver() {});
        Simulation byHand = Simulation.of(script.processes())
                .seed(script.seed())
                .components(() -> List.of(new EverybodyForEver()))
                .config("rustnet.node.dead-letters = 7")
                .network(script.network())
                .startSpread(script.startSpread())
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(new OneByOneBroadcast(8))
                .messages(script.messages())
                .faults(FaultLines.parse(FaultLines.of(script.faults()), List.of("p1", "p2", "p3")))
                .build();
        byHand.runUntilQuiet(REST, DEADLINE);

        assertThat(again.verdict().violation()).contains(shrunk.verdict());
        assertThat(again.trace().hash()).isEqualTo(shrunk.run().trace().hash());
        assertThat(byHand.verdict().violation()).contains(shrunk.verdict());
        assertThat(byHand.trace().hash()).isEqualTo(shrunk.run().trace().hash());
    }

    @Test
    void theCodeSaysAllThatDecidesTheRun() {
        assertThat(shrunk.code())
                .startsWith("Simulation run = Simulation.of(3)\n    .seed("
                        + shrunk.script().seed() + ")\n")
                .contains(
                        ".components(/* as in the scenario that failed */)\n",
                        ".network(NetworkOptions.lan())\n",
                        ".startSpread(Duration.of",
                        ".config(\"rustnet.node.dead-letters = \\\"7\\\"\")\n",
                        ".check(PropertySet.named(\"reliable-broadcast\"))\n",
                        ".load(OneByOneBroadcast[messages=8])\n",
                        ".messages(",
                        ".faults(" + shrunk.script().faults().toString().replace("\n", "\n    ") + ")\n    .build();\n",
                        "run.runUntilQuiet(Duration.ofSeconds(5), Duration.ofSeconds(120));\n")
                .endsWith("assertThat(run.verdict().holds()).as(run.report()).isTrue();");
    }

    @Test
    void whatCannotBeMadeSmallerIsNotTriedForEver() {
        Shrunk again = Shrinker.shrink(shrunk.run(), MANY).orElseThrow();

        assertThat(again.run().trace().count())
                .isLessThanOrEqualTo(shrunk.run().trace().count());
        assertThat(again.runs()).isLessThan(5_000);
    }

    @Test
    void whatIsDemandedBesidesHoldsOfTheSmallerRun() {
        Shrunk four = Shrinker.shrink(failed, 300_000, script -> script.processes() >= 4)
                .orElseThrow();

        assertThat(four.script().processes()).isEqualTo(4);
        assertThat(four.script().messagesOfAll()).isLessThan(5);
    }

    @Test
    void aRunWithFewerMessagesAndMoreEventsIsNotSmaller() {
        Simulation noisy = Simulation.of(3)
                .components(() -> List.of(new EverybodyForEver()))
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(new LoudWhenIdle(20))
                .build();
        noisy.runUntilQuiet(REST, DEADLINE);

        Shrunk smaller = Shrinker.shrink(noisy, 300_000).orElseThrow();

        assertThat(smaller.run().trace().count())
                .isLessThanOrEqualTo(noisy.trace().count());
        assertThat(smaller.script().processes()).isEqualTo(2);
    }

    /** Fails always, with the more events, the less it is to do. */
    private record LoudWhenIdle(int messages) implements Load {
        @Override
        public BooleanSupplier begin(SimulatedProcess process) {
            process.after(Duration.ofSeconds(1), () -> {
                for (int i = 1; i <= 500 - 20 * messages; i++) {
                    process.record(new Event.Broadcast(i));
                }
                process.record(new Event.Deliver(1, 9_999));
            });
            return () -> true;
        }

        @Override
        public Load withMessages(int count) {
            return new LoudWhenIdle(count);
        }
    }

    @Test
    void whenItsEventsAreUsedUpTheSmallestSoFarIsWhatThereIs() {
        Shrunk same = Shrinker.shrink(failed, 1).orElseThrow();

        assertThat(same.script().size()).isEqualTo(failed.script().size());
        assertThat(same.run().trace().hash()).isEqualTo(failed.trace().hash());
        assertThat(same.verdict()).isEqualTo(violation(failed).orElseThrow());
    }

    @Test
    void aRunThatHoldsHasNothingToShrink() {
        Simulation run = builder(1).faults(new FaultPlan()).build();
        run.runUntilQuiet(REST, DEADLINE);

        assertThat(run.verdict().holds()).as(run.report()).isTrue();
        assertThat(Shrinker.shrink(run)).isEmpty();
    }

    @Test
    void whatTheTestDidFromOutsideIsNotDoneAgainSoThatNothingIsFound() {
        Simulation run = builder(1).faults(new FaultPlan()).build();
        run.at(Duration.ofSeconds(3), () -> run.process("p1").record(new Event.Deliver(2, 9_999)));
        run.runUntilQuiet(REST, DEADLINE);

        assertThat(run.verdict().violation()).isPresent();
        assertThat(Shrinker.shrink(run)).isEmpty();
    }

    @Test
    void aRunThatNeverComesToRestIsShrunkToo() {
        Simulation run = Simulation.of(4)
                .components(() -> List.of(new EverybodyForEver()))
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(new OneByOneBroadcast(5))
                .faults(new FaultPlan()
                        .at(Duration.ofSeconds(1))
                        .reset("p1", "p2")
                        .at(Duration.ofMillis(1_200))
                        .pause("p3"))
                .build();
        run.runUntilQuiet(REST, Duration.ofSeconds(30));

        Shrunk smaller = Shrinker.shrink(run, MANY).orElseThrow();

        assertThat(smaller.script().faults().toString()).contains("pause(").doesNotContain("reset(");
        assertThat(smaller.script().processes()).isEqualTo(2);
        assertThat(smaller.verdict().outcome()).isEqualTo(Verdict.Outcome.INCONCLUSIVE);
    }

    @Test
    void aScenarioThatFailsShowsTheSmallerRunAsWell() {
        assertThatThrownBy(() -> ScenarioSeeds.of(50).mustHold(seed -> run(builder(seed))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RB4 agreement: violated")
                .hasMessageContaining("made smaller: 5 processes, 40 messages, ")
                .hasMessageContaining("Simulation run = Simulation.of(");
    }

    private static Simulation firstThatFails() {
        for (long seed = 1; seed < 50; seed++) {
            Simulation run = run(builder(seed));
            if (violation(run).isPresent()) {
                return run;
            }
        }
        throw new AssertionError("no seed fails");
    }

    private static Optional<Verdict> violation(Simulation run) {
        return run.verdict().violation();
    }

    private static Simulation run(SimulationBuilder builder) {
        Simulation run = builder.build();
        run.runUntilQuiet(REST, DEADLINE);
        return run;
    }

    private static SimulationBuilder builder(long seed) {
        return Simulation.of(5)
                .seed(seed)
                .config("rustnet.node.dead-letters = 7")
                .components(() -> List.of(new EverybodyForEver()))
                .network(NetworkOptions.rough())
                .startSpread(Duration.ofSeconds(1))
                .check(PropertySet.RELIABLE_BROADCAST)
                .load(new OneByOneBroadcast(8))
                .faults(RandomFaults.mixed(Duration.ofSeconds(1), Duration.ofSeconds(8), 2));
    }
}
