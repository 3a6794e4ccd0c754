package dev.rustnet.testkit.events;

import java.util.List;

/**
 * One event of one process. Processes are numbers: the rank (from 1) of the name in the sorted group, plus 1000 for each
 * earlier incarnation of that name. The first six kinds have a line in the event log; the others are seen only where
 * somebody watches from outside, as the simulator does.
 */
public sealed interface Event {
    /**
     * The process is about to broadcast.
     *
     * @param number 1, 2, 3 ... of this process
     */
    record Broadcast(long number) implements Event {}

    /** The process delivers message {@code number} of {@code sender}. */
    record Deliver(int sender, long number) implements Event {}

    /** The process suspects {@code peer}, or a perfect failure detector announces its crash. */
    record Suspect(int peer) implements Event {}

    /** The process takes a suspicion back. */
    record Restore(int peer) implements Event {}

    /** The process installs a view. */
    record InstallView(long view, List<Integer> members) implements Event {
        public InstallView {
            members = List.copyOf(members);
        }
    }

    /** The process was excluded, or left while the run went on: it counts as crashed. */
    record End() implements Event {}

    /**
     * The process is about to send a point-to-point message.
     *
     * @param number 1, 2, 3 ... for each receiver
     */
    record Send(int to, long number) implements Event {}

    /** The process receives point-to-point message {@code number} of {@code from}. */
    record Receive(int from, long number) implements Event {}

    /** The process crashes at this moment. */
    record Crash() implements Event {}
}
