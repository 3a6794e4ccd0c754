package dev.rustnet.plugins.groupmembership;

import dev.rustnet.component.ComponentContext;

/** What becomes of a process when the others have gone on without it. */
public interface EndOfIncarnation {
    /** Whether it takes part again as a new incarnation. */
    boolean rejoins();

    /** Ends this incarnation, for the reason that the sentence gives. On the loop. */
    void end(String sentence);

    /** The next incarnation follows. */
    static EndOfIncarnation rejoin(ComponentContext context) {
        return new EndOfIncarnation() {
            @Override
            public boolean rejoins() {
                return true;
            }

            @Override
            public void end(String sentence) {
                context.startAnew(sentence);
            }
        };
    }

    /** The node stops as failed. */
    static EndOfIncarnation stop(ComponentContext context) {
        return new EndOfIncarnation() {
            @Override
            public boolean rejoins() {
                return false;
            }

            @Override
            public void end(String sentence) {
                context.fail(sentence + "; started again it joins as a new incarnation");
            }
        };
    }
}
