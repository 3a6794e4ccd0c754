package dev.rustnet.group;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;

/**
 * The service that decides who counts. The kernel asks it whom to admit and ends sessions when it removes a member;
 * broadcasts take the view, its majority and its removals from it.
 *
 * <p>All methods are called on the node's loop, or while the node is built. It may require {@code FailureDetector}, and
 * a detector never requires it.
 */
public interface GroupMembership {
    /** Published after each installation of a view, the first included. A notice: protocols use the listener. */
    Topic<ViewInstalled> VIEW_INSTALLED = Topic.of("group-membership.view-installed", ViewInstalled.class);

    /**
     * Published when a member is met for the first time in the view. Nothing is replayed: who subscribes later has missed
     * it, while {@link #listen} tells the present first.
     */
    Topic<ProcessJoined> PROCESS_JOINED = Topic.of("group-membership.process-joined", ProcessJoined.class);

    /** Published when a member said goodbye and left. */
    Topic<ProcessLeft> PROCESS_LEFT = Topic.of("group-membership.process-left", ProcessLeft.class);

    /** Published when a view was installed without a member that had not left: it crashed, or was cut off for long. */
    Topic<ProcessExcluded> PROCESS_EXCLUDED = Topic.of("group-membership.process-excluded", ProcessExcluded.class);

    /**
     * Published when this process cannot reach enough members of the view any more, so that no view can follow: as a rule a
     * majority.
     */
    Topic<QuorumLost> QUORUM_LOST = Topic.of("group-membership.quorum-lost", QuorumLost.class);

    /** Published when this process reaches enough members of the view again. */
    Topic<QuorumRegained> QUORUM_REGAINED = Topic.of("group-membership.quorum-regained", QuorumRegained.class);

    /** @param view the view now in force */
    record ViewInstalled(View view) {}

    /** @param process the member, with its incarnation */
    record ProcessJoined(ProcessId process) {}

    /** @param process the member that said goodbye */
    record ProcessLeft(ProcessId process) {}

    /**
     * @param process the member that was excluded
     * @param view the number of the first view without it
     */
    record ProcessExcluded(ProcessId process, long view) {}

    /**
     * @param view the view in force
     * @param reached how many of its members this process reaches, itself included
     */
    record QuorumLost(View view, int reached) {}

    /** @param view the view in force */
    record QuorumRegained(View view) {}

    /**
     * The view in force; {@link View#NONE} for a process that has not been in one yet. Never changes under static
     * membership.
     */
    View view();

    /** The member of that rank in the view in force, with its incarnation once it has been met. */
    ProcessId process(int rank);

    /** Whether that member counts no more: it crashed for good or left. Its place in the view remains. */
    boolean removed(int rank);

    /**
     * Registers for changes. Replays the present: first the view, when there is one, then joins, then removals, before it
     * returns. At a change of views the participants are there first, then listeners hear of the view, of those who are
     * gone, and of those who are new.
     */
    Subscription listen(MembershipListener listener);

    /**
     * Registers a broadcast that must be stopped and cut when a view changes. Static membership never calls it.
     */
    Subscription participate(ViewParticipant participant);

    /**
     * Registers state that a process which joins is given before its first view, exactly as it is at the cut: when the last
     * message before that view has been delivered. Before the node starts: by a component in its start, by an application between
     * {@code NodeBuilder.build()} and {@code Node.start()}; by all processes under the same names.
     *
     * <p>Under static membership nobody ever calls it: there is one view for ever, and a late member is owed every message from
     * the start.
     *
     * @param name names the state among those of the node: 1 to 64 bytes in UTF-8
     * @throws IllegalArgumentException when the name is too long or empty
     * @throws IllegalStateException when there is a state of that name already, or the node has started
     */
    default Subscription transfer(String name, StateTransfer transfer) {
        return () -> {};
    }

    /**
     * This process wants to leave. Calls {@code gone} once, on the loop, when the others count it no more; at once where
     * there are no changes of views.
     */
    default void leave(Runnable gone) {
        gone.run();
    }

    /**
     * Called by the kernel when another process has answered that this incarnation counts no more. Tells the listeners that it
     * has ended.
     *
     * @return whether the process shall take part again as a new incarnation, which the kernel begins then; else the node stops as
     *     failed
     */
    default boolean excluded() {
        return false;
    }

    /** Asked by the kernel in each handshake: may that process, which calls from there, take part? Changes nothing. */
    Admission admit(ProcessId newcomer, String address);
}
