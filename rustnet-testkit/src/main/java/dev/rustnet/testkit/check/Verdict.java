package dev.rustnet.testkit.check;

/**
 * The judgement on one property.
 *
 * @param words the evidence of a violation, the reason why nothing can be said, or empty
 */
public record Verdict(Property property, Outcome outcome, String words) {
    /** What was found. */
    public enum Outcome {
        HOLDS,
        VIOLATED,
        /** Neither proven nor refuted: not a pass. */
        INCONCLUSIVE
    }

    /** For instance {@code RB4 agreement: violated: second delivered first#3, and third, which is correct, never did}. */
    @Override
    public String toString() {
        String outcomeText =
                switch (outcome) {
                    case HOLDS -> "holds";
                    case VIOLATED -> "violated";
                    case INCONCLUSIVE -> "inconclusive";
                };
        return property + ": " + outcomeText + (words.isEmpty() ? "" : ": " + words);
    }
}
