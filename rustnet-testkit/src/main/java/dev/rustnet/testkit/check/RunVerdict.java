package dev.rustnet.testkit.check;

import dev.rustnet.testkit.check.Verdict.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The judgement on a run.
 *
 * @param guarantee the name of the property set
 * @param verdicts one for each of its properties, in their order
 * @param broadcasts messages broadcast in the run
 * @param deliveries deliveries in the run, over all processes
 */
public record RunVerdict(String guarantee, List<Verdict> verdicts, long broadcasts, long deliveries) {
    public RunVerdict {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether every property holds. */
    public boolean holds() {
        return verdicts.stream().allMatch(verdict -> verdict.outcome() == Outcome.HOLDS);
    }

    /** The first property that is violated. */
    public Optional<Verdict> violation() {
        return first(Outcome.VIOLATED);
    }

    /** The first property on which nothing can be said. */
    public Optional<Verdict> inconclusive() {
        return first(Outcome.INCONCLUSIVE);
    }

    /** The verdict on {@code property}. */
    public Verdict of(Property property) {
        return verdicts.stream()
                .filter(verdict -> verdict.property() == property)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(guarantee + " does not have " + property));
    }

    private Optional<Verdict> first(Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).findFirst();
    }

    /** One line for each property. */
    @Override
    public String toString() {
        return guarantee + " (" + broadcasts + " broadcasts, " + deliveries + " deliveries)\n"
                + verdicts.stream().map(verdict -> "  " + verdict).collect(Collectors.joining("\n"));
    }
}
