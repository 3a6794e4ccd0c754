package dev.rustnet.core.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node cannot start. The message is the whole report. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient StartProblems problems;

    public StartException(List<Problem> problems) {
        this(problems, null);
    }

    /** @param cause what was thrown, where the problem is an exception */
    public StartException(List<Problem> problems, @Nullable Throwable cause) {
        this(new StartProblems(problems), cause);
    }

    private StartException(StartProblems problems, @Nullable Throwable cause) {
        super(problems.toString(), cause);
        this.problems = problems;
    }

    /** All that is wrong. */
    public StartProblems problems() {
        return problems;
    }
}
