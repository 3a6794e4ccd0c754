package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uniform reliable broadcast with commit = all, when two of four are killed. */
class CommitAllIT {
    private static final String ALL = ", uniform-reliable-broadcast { commit = all }";

    @TempDir
    private Path directory;

    @Test
    void withoutAPerfectDetectorItStallsAndSaysWhatItWaitsFor() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third", "fourth")) {
            RustnetProcess first = twoOfFourKilled(group, LoopbackGroup.QUICK + ALL);

            first.type("after");

            first.awaitError("waits for acknowledgements of fourth \\(suspected\\), third \\(suspected\\): message"
                    + " first#2 is held by 2 processes, 3 of 4 needed");
            assertThat(first.output()).containsExactly("first#1: before");
        }
    }

    @Test
    void withAPerfectDetectorItGoesOn() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third", "fourth")) {
            RustnetProcess first = twoOfFourKilled(group, LoopbackGroup.QUICK_AND_PERFECT + ALL);

            first.type("after");

            first.awaitOutput("^first#2: after$");
        }
    }

    private static RustnetProcess twoOfFourKilled(LoopbackGroup group, String components) {
        RustnetProcess first = group.run("first", components);
        RustnetProcess second = group.run("second", components);
        RustnetProcess third = group.run("third", components);
        RustnetProcess fourth = group.run("fourth", components);
        first.awaitError("all 4 members have joined");
        second.awaitError("all 4 members have joined");
        first.type("before");
        for (RustnetProcess process : new RustnetProcess[] {first, second, third, fourth}) {
            process.awaitOutput("^first#1: before$");
        }
        third.kill();
        fourth.kill();
        return first;
    }
}
