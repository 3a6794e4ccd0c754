package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict.Outcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the messages, such as {@code p1#3}, that a verdict speaks of. */
final class Messages {
    private static final Pattern MESSAGE = Pattern.compile("[\\w./-]+#\\d+");

    private Messages() {}

    static List<String> namedIn(String words) {
        return MESSAGE.matcher(words)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    /** Those that break a property. */
    static Set<String> accused(List<RunVerdict> verdicts) {
        Set<String> accused = new TreeSet<>();
        verdicts.stream()
                .flatMap(verdict -> verdict.verdicts().stream())
                .filter(verdict -> verdict.outcome() == Outcome.VIOLATED)
                .forEach(verdict -> accused.addAll(namedIn(verdict.words())));
        return accused;
    }
}
