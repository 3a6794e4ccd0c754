package dev.rustnet.group;

/**
 * A broadcast, as a view change sees it: stopped, asked what it holds, brought to the agreed cut, and set going in the
 * new view. The cut gives for each member of the old view the number of its last message that belongs to that view.
 *
 * <p>Called on the loop by the {@link GroupMembership} in the order stop, report, supply (any number of times), cut,
 * install. Static membership never calls it.
 */
public interface ViewParticipant {
    /** Accept, acknowledge and deliver nothing of the old view any more; local broadcasts wait in their window. */
    void stop();

    /** For each rank of the old view, the highest number up to which this process holds that member's messages. */
    long[] report();

    /** Send what {@code process} lacks up to {@code cut}, as far as this process holds it. */
    void supply(ProcessId process, long[] cut);

    /** Deliver exactly up to {@code cut}; returns whether all of it is held here and has been handed to delivery. */
    boolean cut(long[] cut);

    /** Go on in the new view, numbers of each surviving member following on from the cut. */
    void install(View view);
}
