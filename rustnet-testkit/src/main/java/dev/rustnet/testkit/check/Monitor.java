package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import java.util.Optional;

/**
 * Watches one property. Events of one process come in their order; an event comes after all that happened before it, so
 * that a message's broadcast precedes its deliveries. Memory is bounded by the number of processes wherever the property
 * allows it, not by the number of messages.
 */
public interface Monitor {
    /** {@code event} happened at {@code process}. */
    void event(int process, Event event);

    /** The evidence that the property was violated, in words, or empty; judged as the run stands now. */
    Optional<String> violation(RunFacts facts);
}
