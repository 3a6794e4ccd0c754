package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Separate processes that agree on views. */
class GroupMembershipIT {
    private static final String VIEWS = "--set=rustnet.services.group-membership=group-membership";

    @TempDir
    private Path directory;

    private static RustnetProcess run(LoopbackGroup group, String name) {
        return group.run(name, LoopbackGroup.QUICK, VIEWS);
    }

    @Test
    void aKilledProcessComesBackAsANewOneAndOneThatStopsIsOutAtOnce() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third", "fourth")) {
            RustnetProcess first = run(group, "first");
            RustnetProcess second = run(group, "second");
            RustnetProcess third = run(group, "third");
            RustnetProcess fourth = run(group, "fourth");
            first.awaitError("view 1: first, fourth, second, third");
            third.type("before");
            second.awaitOutput("^third#1: before$");
            first.awaitOutput("^third#1: before$");

            third.kill();
            first.awaitError("third is suspected");
            second.type("meanwhile");
            first.awaitOutput("^second#1: meanwhile$");
            RustnetProcess again = run(group, "third");
            again.awaitError("view 2: first, fourth, second, third");
            again.type("I am another");
            first.awaitOutput("^third#1: I am another$");
            first.type("since you came");
            again.awaitOutput("^first#1: since you came$");
            assertThat(String.join("\n", again.output()))
                    .doesNotContain("before")
                    .doesNotContain("meanwhile");

            fourth.terminate();
            assertThat(fourth.awaitExit()).isZero();
            first.awaitError("view 3: first, second, third");
            again.awaitError("view 3: first, second, third");
            first.awaitError("fourth left|view 3");
            second.type("without you");
            again.awaitOutput("^second#2: without you$");
        }
    }

    @Test
    void whoIsNotStartedAnewIsExcludedInTheEndAndWhoComesMuchLaterJoins() {
        String components = LoopbackGroup.QUICK + ", group-membership { exclusion-timeout = 4s, join-timeout = 5s }";
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third", "fourth")) {
            RustnetProcess first = group.run("first", components, VIEWS);
            RustnetProcess second = group.run("second", components, VIEWS);
            RustnetProcess third = group.run("third", components, VIEWS);
            first.awaitError("no view yet after");
            first.awaitError("view 1: first, second, third");

            third.kill();
            // Two of three agree that it is gone.
            first.awaitError("view 2: first, second$");

            RustnetProcess fourth = group.run("fourth", components, VIEWS);
            fourth.awaitError("view 3: first, fourth, second");
            second.type("hello");
            fourth.awaitOutput("^second#1: hello$");
            first.awaitOutput("^second#1: hello$");
        }
    }
}
