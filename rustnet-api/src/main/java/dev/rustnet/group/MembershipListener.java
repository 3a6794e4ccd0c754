package dev.rustnet.group;

/** What a broadcast or the kernel learns from the {@link GroupMembership}. Called on the loop, in one fixed order. */
public interface MembershipListener {
    /** {@code view} is in force from now on. */
    default void viewInstalled(View view) {}

    /** The member was met for the first time; it has been admitted with this incarnation. */
    default void joined(int rank, ProcessId process) {}

    /**
     * The member counts no more: buffers for it are freed, its session ends, nothing waits for it. For good.
     *
     * @param rank its rank in the view in force, or -1 when a view without it has just been installed
     */
    default void removed(int rank, ProcessId process, Removal reason) {}

    /**
     * This process itself counts no more: a view without it follows, because it wanted to leave or was excluded, or the others
     * say that it has crashed or is one that never takes part. Nothing is heard of the group after that. Called once at most.
     *
     * @param reason {@link Removal#LEFT} or {@link Removal#EXCLUDED}
     */
    default void ended(Removal reason) {}

    /** Why a member counts no more. */
    enum Removal {
        /** A perfect failure detector announced its crash. */
        CRASHED,
        /** It said goodbye. */
        LEFT,
        /** A view was installed without it, though it had not left. */
        EXCLUDED
    }
}
