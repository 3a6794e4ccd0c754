package dev.rustnet.broadcast;

import java.util.concurrent.CompletionStage;

/** A broadcast message whose fate its sender wants to know. The stages complete on the node's loop. */
public interface Tracked {
    MessageId id();

    /** Completes when the own process has delivered the message; fails when the node stops before. */
    CompletionStage<MessageId> delivered();

    /** Completes when every process that counts is known to have the message; fails when the node stops before. */
    CompletionStage<MessageId> stable();
}
