package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.events.Event;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Watches a run from outside. Called while things happen, in an order in which causes come before their effects; times are
 * virtual, since the start of the run. It must not change anything. Which methods it cares about is its own business.
 */
public interface RunObserver {
    /**
     * The run begins, with processes of these names.
     *
     * @param processes by rank
     */
    default void begins(List<String> processes) {}

    /**
     * A process has handed a frame to the network. A frame of which neither {@link #arrived} nor {@link #lost} tells has
     * got lost with its connection, or was still on its way when the run ended.
     *
     * @param frame 1, 2, 3 ... in this run; a duplicate has a number of its own
     * @param bytes valid until this returns
     */
    default void sent(long frame, String from, String to, long atNanos, ByteBuffer bytes) {}

    /** That frame is about to be received. */
    default void arrived(long frame, long atNanos) {}

    /** That frame is lost, or comes to a process that does not listen any more. */
    default void lost(long frame, long atNanos) {}

    /**
     * A process broadcasts, delivers, suspects, crashes, and so on.
     *
     * @param number the process as the event log counts them: its rank from 1, and 1000 more for each earlier incarnation
     */
    default void event(String process, int number, Event event, long atNanos) {}

    /** An incarnation has been built, as {@link SimulatedProcess#node}, and starts. */
    default void started(SimulatedProcess process, long atNanos) {}

    /** A timer, a task or a notice of that component is about to run there. */
    default void acts(String process, String component, long atNanos) {}

    /** Something goes wrong by plan. What crashes a process in the middle of a turn comes as an event as well, later. */
    default void fault(Fault fault, long atNanos) {}
}
