package dev.rustnet.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that prevents a start, worded for the person who has to mend it.
 *
 * @param code its code
 * @param sentence what is wrong, in the user's words
 * @param details what supports it: who, where, why; and the fix
 */
public record Problem(ProblemCode code, String sentence, List<Detail> details) {
    /**
     * One line below the sentence.
     *
     * @param label what kind of line, such as {@code declared by}; may be empty
     * @param text the line
     */
    public record Detail(String label, String text) {}

    public Problem {
        details = List.copyOf(details);
    }

    /** A problem without details yet. */
    public static Problem of(ProblemCode code, String sentence) {
        return new Problem(code, sentence, List.of());
    }

    /** The same with one more line. */
    public Problem with(String label, String text) {
        List<Detail> more = new ArrayList<>(details);
        more.add(new Detail(label, text));
        return new Problem(code, sentence, more);
    }

    /** The same with a line that says how to mend it. */
    public Problem fix(String text) {
        return with("fix", text);
    }

    /** The lines as they stand in a report: the labels aligned. */
    @Override
    public String toString() {
        int width = details.stream()
                .mapToInt(detail -> detail.label().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder().append(code.code()).append(' ').append(sentence);
        for (Detail detail : details) {
            text.append("\n  ").append(detail.label());
            if (!detail.label().isEmpty()) {
                text.append(" ".repeat(width - detail.label().length() + 2));
            }
            text.append(detail.text());
        }
        return text.toString();
    }
}
