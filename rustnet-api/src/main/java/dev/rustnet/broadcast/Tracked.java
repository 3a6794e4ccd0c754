package dev.rustnet.broadcast;

import java.util.concurrent.CompletionStage;

/** A broadcast message whose fate its sender wants to know. The stages complete on the node's loop. */
public interface Tracked {
    /** Its source and number, known at once. */
    MessageId id();

    /** Completes when the own process has delivered the message; fails when the node stops before. */
    CompletionStage<MessageId> delivered();

    /**
     * Completes when every process that counts is known to have the message; fails when the node stops before. A member
     * that has not joined yet counts, so that this waits for it, for ever if need be; one that was removed does not.
     */
    CompletionStage<MessageId> stable();
}
