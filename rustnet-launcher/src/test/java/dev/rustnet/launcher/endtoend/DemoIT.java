package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void killsOneOfFourInMidStreamAndEveryPropertyHolds() {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files())) {
            demo.endInput();

            assertThat(demo.awaitExit())
                    .as(() -> String.join("\n", demo.output()))
                    .isZero();

            String output = String.join("\n", demo.output());
            assertThat(output)
                    .contains("third   KILLED (SIGKILL")
                    .contains("first   detected the crash of third")
                    .contains("second  detected the crash of third")
                    .contains("fourth  detected the crash of third")
                    // The line that the killed one was given last may have died with it, unread.
                    .containsPattern("All properties hold, over (199|200) broadcasts");
            for (String property : List.of("URB1", "URB2", "URB3", "URB4", "FRB5", "PFD1", "PFD2")) {
                assertThat(output).containsPattern("  holds +" + property + " ");
            }
            assertThat(directory.resolve("files/first.conf")).content().contains("assume-synchrony = true");
            assertThat(directory.resolve("files/third.events")).content().startsWith("v 1 1 2 3 4\n");
            assertThat(output).contains("The run as a picture: " + directory.resolve("files/run.html"));
            assertThat(directory.resolve("files/run.html"))
                    .content()
                    .contains("\"clock\":\"logical\"", "third is killed");
            assertThat(output).doesNotContain("\u001b");
        }
    }

    @Test
    void broadcastsWhatIsPipedIn() {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files(), "--kill", "none")) {
            for (int i = 1; i <= 60; i++) {
                demo.type("line " + i);
            }
            demo.endInput();

            assertThat(demo.awaitExit())
                    .as(() -> String.join("\n", demo.output()))
                    .isZero();

            assertThat(String.join("\n", demo.output()))
                    .contains("60 lines (standard input)")
                    .contains("All properties hold, over 60 broadcasts and 240 deliveries");
        }
    }

    @Test
    void survivesTheDeathOfAllButTwo() {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files(), "--kill", "fourth,first")) {
            demo.endInput();

            assertThat(demo.awaitExit())
                    .as(() -> String.join("\n", demo.output()))
                    .isZero();

            assertThat(String.join("\n", demo.output()))
                    .contains("second  detected the crash of fourth")
                    .contains("third   detected the crash of first")
                    .contains("All properties hold");
        }
    }

    @Test
    void takesItsProcessesAlongWhenItIsKilled() throws Exception {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files())) {
            demo.endInput();
            Matcher started = demo.awaitOutput("fourth +started, pid (\\d+)");
            ProcessHandle node =
                    ProcessHandle.of(Long.parseLong(started.group(1))).orElseThrow();
            demo.awaitOutput("all 4 have joined");

            demo.kill();

            node.onExit().get(30, TimeUnit.SECONDS);
            assertThat(node.isAlive()).isFalse();
        }
    }

    @Test
    void judgesAgainWithTheCheckCommand() {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files(), "--lines", "40")) {
            demo.endInput();
            assertThat(demo.awaitExit()).isZero();
        }
        Path files = directory.resolve("files");
        String[] logs = {"first", "second", "third", "fourth"};
        for (int i = 0; i < logs.length; i++) {
            logs[i] = files.resolve(logs[i] + ".events").toString();
        }

        try (RustnetProcess good = RustnetProcess.start(
                "check",
                "check",
                "--crashed",
                "third",
                "--html",
                files.resolve("again.html").toString(),
                logs[0],
                logs[1],
                logs[2],
                logs[3])) {
            assertThat(good.awaitExit()).isZero();
            assertThat(files.resolve("again.html")).content().contains("rustnet check --guarantee");
            assertThat(String.join("\n", good.output())).containsPattern("holds +URB4 uniform agreement");
        }
        // Taken for correct, the killed one has not delivered what the others did.
        try (RustnetProcess bad = RustnetProcess.start("check", "check", logs[0], logs[1], logs[2], logs[3])) {
            assertThat(bad.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", bad.output()))
                    .containsPattern("VIOLATED +URB4 uniform agreement")
                    .contains("name it with --crashed");
        }
    }

    @Test
    void refusesToKillSoManyThatNothingCouldBeSaid() {
        try (RustnetProcess demo =
                RustnetProcess.start("demo", Distribution.path(), Map.of(), "demo", "--kill", "first,second,third")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.error()).anyMatch(line -> line.contains("two processes must survive"));
        }
    }

    private String files() {
        return directory.resolve("files").toString();
    }
}
