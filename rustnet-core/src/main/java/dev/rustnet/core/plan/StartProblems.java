package dev.rustnet.core.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All problems of one attempt to start, by code and then by text, so that a report is the same each time.
 *
 * @param problems at least one
 */
public record StartProblems(List<Problem> problems) {
    public StartProblems {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a report needs a problem");
        }
        problems = problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::code).thenComparing(Problem::toString))
                .toList();
    }

    /** The whole report, as a person reads it. */
    @Override
    public String toString() {
        String head = problems.size() == 1
                ? "The node cannot start:\n\n"
                : "The node cannot start, for " + problems.size() + " reasons:\n\n";
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n\n", head, "\n"));
    }
}
