package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Collection;
import java.util.Optional;

/**
 * Watches one property. Events of one process come in their order; an event comes after all that happened before it, so
 * that a message's broadcast precedes its deliveries. Memory is bounded by the number of processes, and by what some
 * process that is left has not delivered yet; not by the number of messages.
 */
public interface Monitor {
    /**
     * These processes take part from the start. Called before the first event, or never: then nothing is known of those that
     * have not been heard of, and monitors of orders keep what they could otherwise forget.
     */
    default void begins(Collection<Integer> processes) {}

    /** Nothing more happens at that process, as after its crash. */
    default void ends(int process) {}

    /** {@code event} happened at {@code process}. */
    void event(int process, Event event);

    /** The evidence that the property was violated, in words, or empty; judged as the run stands now. */
    Optional<String> violation(RunFacts facts);
}
