package dev.rustnet.group;

/**
 * Takes in one transfer of a state, chunk by chunk as {@link StateTransfer#writeState} gave them. Called on the loop; must not
 * block. What one throws ends the node, because a process must not go on with a wrong state.
 */
public interface StateReader {
    /** The next chunk, which the reader may keep. */
    void read(byte[] chunk);

    /**
     * That was all, also of all other states: what was read is the state from now on. Called once at most; the first view is
     * installed in the same turn, before anything is delivered.
     */
    void complete();

    /** The member that sent it died or gave up; what was read counts for nothing. Another reader takes the whole state again. */
    default void abandoned() {}
}
