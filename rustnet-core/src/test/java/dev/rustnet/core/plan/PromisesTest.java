package dev.rustnet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.CausalBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.component.Assumption;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.core.plan.StartPlan.Condition;
import dev.rustnet.core.plan.StartPlan.Promise;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromisesTest {
    private static final Assumption TWO_THIRDS =
            Assumption.of("two thirds", "fewer than a third crash").survives(processes -> (processes - 1) / 3);
    private static final ComponentDescriptor.Builder DETECTOR = ComponentDescriptor.named("detector")
            .provides(FailureDetector.class)
            .assumes(TWO_THIRDS);

    @Test
    void aPromiseRestsOnWhatAllComponentsBelowAssumeAndOnTheKernelsLinks() {
        Promise causal = promise(
                7,
                DETECTOR,
                ComponentDescriptor.named("uniform")
                        .provides(UniformReliableBroadcast.class)
                        .requires(FailureDetector.class)
                        .guarantees(UniformReliableBroadcast.PROPERTIES)
                        .assumes(Assumption.MAJORITY_OF_CORRECT_PROCESSES),
                ComponentDescriptor.named("causal")
                        .provides(CausalBroadcast.class)
                        .requires(UniformReliableBroadcast.class)
                        .guarantees(CausalBroadcast.CAUSAL_DELIVERY));

        assertThat(causal.guarantees()).containsExactly("CRB5 causal delivery");
        assertThat(causal.conditions())
                .extracting(condition -> condition.assumption() + " of " + condition.declaredBy())
                .containsExactly(
                        "a majority of correct processes of uniform",
                        "two thirds of detector",
                        "fair-loss links of the kernel");
        assertThat(causal.conditions()).extracting(Condition::crashes).containsExactly(3, 2, 7);
        assertThat(causal.crashes()).isEqualTo(2);
    }

    @Test
    void whatABroadcastDoesNotUseDoesNotLimitIt() {
        Promise bestEffort =
                promise(4, DETECTOR, ComponentDescriptor.named("best-effort").provides(BestEffortBroadcast.class));

        assertThat(bestEffort.crashes()).isEqualTo(4);
        assertThat(bestEffort.crashesForGood()).isEqualTo(4);
    }

    @Test
    void theAlternativeIsAssumedOnlyWhereNothingProvidesTheService() {
        ComponentDescriptor.Builder uniform = ComponentDescriptor.named("uniform")
                .provides(UniformReliableBroadcast.class)
                .requiresOptional(PerfectFailureDetector.class)
                .assumes(Assumption.PERFECT_FAILURE_DETECTION.orElse(Assumption.MAJORITY_OF_CORRECT_PROCESSES));

        Promise without = promise(5, uniform);
        Promise with = promise(5, uniform, ComponentDescriptor.named("perfect").provides(PerfectFailureDetector.class));

        assertThat(without.conditions().get(0).assumption()).isEqualTo("a majority of correct processes");
        assertThat(without.conditions().get(0).madeTrueBy()).isEmpty();
        assertThat(without.crashes()).isEqualTo(2);
        assertThat(with.conditions().get(0).assumption()).isEqualTo("perfect failure detection");
        assertThat(with.conditions().get(0).madeTrueBy()).isEqualTo(Optional.of("perfect"));
        assertThat(with.crashes()).isEqualTo(5);
    }

    @Test
    void whatDoesHarmOnlyInTheLongRunLimitsOnlyThat() {
        Promise promise = promise(
                4,
                ComponentDescriptor.named("best-effort")
                        .provides(BestEffortBroadcast.class)
                        .assumes(Assumption.NOBODY_GONE_FOR_GOOD));

        assertThat(promise.crashes()).isEqualTo(4);
        assertThat(promise.crashesForGood()).isZero();
    }

    @Test
    void aLimitIsNeverMoreThanThereAreProcessesNorLessThanNone() {
        Assumption odd = Assumption.of("odd", "").survives(processes -> processes - 3);

        assertThat(odd.crashes(1)).isZero();
        assertThat(odd.survives(processes -> 9).crashes(4)).isEqualTo(4);
        assertThat(odd.survives(processes -> 1).survivesForGood(processes -> 2).crashesForGood(4))
                .isEqualTo(1);
    }

    @Test
    void anAssumptionAboutTheWorldHasNoAlternative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO_THIRDS.orElse(Assumption.NOBODY_GONE_FOR_GOOD))
                .withMessageContaining("made true by no service");
    }

    /** Of the last broadcast that starts. */
    private static Promise promise(int processes, ComponentDescriptor.Builder... components) {
        StartOrder.Result result = StartOrder.of(
                List.of(components).stream()
                        .map(component ->
                                new Declaration(component.build(), "A", "a.jar", Optional.empty(), Optional.empty()))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
        assertThat(result.problems()).isEmpty();
        List<Promise> promises = Promises.of(result, processes);
        return promises.get(promises.size() - 1);
    }
}
