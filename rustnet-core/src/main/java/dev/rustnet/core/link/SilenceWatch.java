package dev.rustnet.core.link;

/**
 * Tells from a steady tick what is overdue on a connection: an answer to state, an acknowledgement of data, any byte at
 * all. Counting ticks instead of reading the clock keeps a pause of the own process from being taken for the peer's
 * silence. Pure.
 */
final class SilenceWatch {
    private static final int MAX_BACKOFF = 8;

    // Injected, in ticks
    private final int patience;
    private final int silence;

    // State
    private int sinceHeard;
    private int sinceSent;
    private int withoutEcho;
    private int stalled;
    private int backoff = 1;

    /**
     * @param patience ticks without an answer after which things are sent again; doubles up to eight times that
     * @param silence ticks without a byte after which the connection is dead
     */
    SilenceWatch(int patience, int silence) {
        this.patience = patience;
        this.silence = silence;
    }

    void connected() {
        sinceHeard = 0;
        sinceSent = 0;
        withoutEcho = 0;
        stalled = 0;
        backoff = 1;
    }

    void heard() {
        sinceHeard = 0;
    }

    void sent() {
        sinceSent = 0;
    }

    void echoed() {
        withoutEcho = 0;
        backoff = 1;
    }

    /** The next tick. @return false when the connection is dead */
    boolean tick() {
        sinceHeard++;
        sinceSent++;
        return sinceHeard <= silence;
    }

    /** Whether a sign of life is due, so that the peer does not take this process for silent. */
    boolean signOfLifeDue() {
        return sinceSent > silence / 3;
    }

    /** Asked each tick: whether state must be sent again. */
    boolean stateOverdue(boolean awaitsEcho) {
        withoutEcho = awaitsEcho ? withoutEcho + 1 : 0;
        if (withoutEcho <= patience * backoff) {
            return false;
        }
        withoutEcho = 0;
        backOff();
        return true;
    }

    /** Asked each tick: whether data must be sent again. */
    boolean dataOverdue(boolean noProgress) {
        stalled = noProgress ? stalled + 1 : 0;
        if (stalled <= patience * backoff) {
            return false;
        }
        stalled = 0;
        backOff();
        return true;
    }

    private void backOff() {
        backoff = Math.min(backoff * 2, MAX_BACKOFF);
    }
}
