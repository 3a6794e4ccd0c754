package dev.rustnet.core.link;

/** Told when a peer lets this incarnation in no more. On the loop. */
public interface OnRefusal {
    /** It has taken part, and never does so again, says a peer with that sentence. */
    void excluded(String sentence);

    /** Only an incarnation above {@code highest} may take part, says a peer with that sentence. */
    void outdated(String sentence, long highest);
}
