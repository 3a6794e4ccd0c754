package dev.rustnet.plugins.groupmembership;

import java.util.SortedSet;

/** What members and a joiner tell each other over perfect links to hand over the state; all of it names the view that follows. */
sealed interface StateMessage {
    /** The number of the joiner's first view. */
    long view();

    /**
     * A member to a joiner: this view is agreed on, and I have delivered its cut.
     *
     * @param next the view with its cut
     * @param names the states that it can give; nothing when none is registered there
     */
    record Offer(Proposal next, SortedSet<String> names) implements StateMessage {
        @Override
        public long view() {
            return next.next().number();
        }
    }

    /**
     * A joiner to a member: send me these, from the start.
     *
     * @param attempt 1 for the joiner's first request, to whomever it went
     */
    record Take(long view, long attempt, SortedSet<String> names) implements StateMessage {}

    /** A member to a joiner, in the order of the names that it asked for: a chunk of one of them. No record, for its array. */
    final class Part implements StateMessage {
        /** A chunk without bytes takes room, too. */
        private static final long LEAST = 64;

        // Injected
        private final long view;
        private final long attempt;
        private final int state;
        private final byte[] chunk;

        /**
         * @param state which of the names, from 0
         * @param chunk not changed any more
         */
        Part(long view, long attempt, int state, byte[] chunk) {
            this.view = view;
            this.attempt = attempt;
            this.state = state;
            this.chunk = chunk;
        }

        @Override
        public long view() {
            return view;
        }

        long attempt() {
            return attempt;
        }

        int state() {
            return state;
        }

        byte[] chunk() {
            return chunk;
        }

        /** What it counts as under way. */
        long weight() {
            return weight(chunk.length);
        }

        static long weight(int length) {
            return LEAST + length;
        }
    }

    /** A joiner to a member: what has been read so far, by {@link Part#weight}. */
    record Progress(long view, long attempt, long weight) implements StateMessage {}

    /** A member to a joiner: that was all. */
    record Done(long view, long attempt) implements StateMessage {}

    /**
     * A member to a joiner: it goes on, and sends nothing any more.
     *
     * @param sentence why, for a person to read
     */
    record Withdrawn(long view, String sentence) implements StateMessage {}
}
