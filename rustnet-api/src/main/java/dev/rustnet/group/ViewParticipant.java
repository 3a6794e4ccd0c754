package dev.rustnet.group;

/**
 * The messages of one broadcast service, as a change of views sees them: stopped, asked what is held, brought to the
 * agreed cut, and set going in the new view. Vectors have one number for each rank of the view that ends: the number of
 * that member's last message that is held, or belongs to the view.
 *
 * <p>Called on the loop by the {@link GroupMembership}, in the order {@link #stop}, {@link #held}, {@link #expect}, {@link
 * #cut}, {@link #install}, {@link #settled}; each may come more than once, and a later proposal may take the place of an
 * earlier one until {@link #cut}. Static membership never calls it.
 */
public interface ViewParticipant {
    /** What names the messages: the same at every process. */
    String name();

    /** Nothing of this view is accepted, acknowledged or delivered from now on but its cut; broadcasts wait. */
    void stop();

    /**
     * The highest number up to which this process holds each member's messages. A service that is not cut, because only a
     * source holds its messages, reports for the own process alone, and 0 for all others.
     */
    long[] held();

    /** What is missing here up to {@code cut} is taken in from now on, whoever sends it; in place of any earlier cut. */
    void expect(long[] cut);

    /** No cut is expected any more: a newer change has begun, which must not see holdings that still grow. */
    void expectNothing();

    /** Whether everything up to {@code cut} is held here. */
    boolean holds(long[] cut);

    /**
     * Sends {@code process}, which holds the messages of {@code ending} up to {@code held}, what it lacks of them up to {@code
     * cut}. {@code ending} is the view in force, or the one before it until {@link #settled}.
     */
    void supply(ProcessId process, View ending, long[] held, long[] cut);

    /**
     * The cut is agreed: what is held up to it is delivered. Called again and again until it returns true, which says that
     * the handlers of all messages of this view have returned.
     */
    boolean cut(long[] cut);

    /**
     * Goes on in {@code view}. A process that was in the view before has been brought to its cut.
     *
     * @param base for each rank of the new view, the number of the last message of that member which belongs to an earlier
     *     view; 0 for those who are new
     */
    void install(View view, long[] base);

    /** All members have installed the view in force: what was kept for them of the view before it may go. */
    void settled();
}
