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
    void killsOneOfFourInMidStreamTakesItBackAndEveryPropertyHolds() {
        try (RustnetProcess demo = RustnetProcess.start("demo", "demo", "--dir", files())) {
            demo.endInput();

            assertThat(demo.awaitExit())
                    .as(() -> String.join("\n", demo.output()))
                    .isZero();

            String output = String.join("\n", demo.output());
            assertThat(output)
                    .containsPattern("view 1: first, fourth, second, third\n.*all 4 have joined")
                    .contains("third   KILLED (SIGKILL")
                    .contains("first   suspects third")
                    .containsPattern(
                            "view 2: first, fourth, second - third excluded \\d\\.\\d\\d s after it was killed\n"
                                    + ".*third   started again, pid \\d+, as a new incarnation, third/2")
                    .containsPattern("view 3: first, fourth, second, third - third/2 joined \\d+\\.\\d\\d s after")
                    .containsPattern("at rest: delivered .* third \\d+ \\(killed\\), .* third/2 [1-9]\\d*")
                    .contains("view 4: fourth, second, third - first left")
                    // The line that the killed one was given last may have died with it, unread.
                    .containsPattern("All properties hold, over (199|200) broadcasts");
            for (String property :
                    List.of("URB1", "URB2", "URB3", "URB4", "FRB5", "GM1", "GM2", "VS", "EPFD1", "EPFD2")) {
                assertThat(output).containsPattern("  holds +" + property + " ");
            }
            assertThat(directory.resolve("files/first.conf"))
                    .content()
                    .contains("services.group-membership = group-membership")
                    .doesNotContain("assume-synchrony");
            assertThat(directory.resolve("files/third.events")).content().startsWith("v 1 1 2 3 4\n");
            assertThat(directory.resolve("files/third.events.1")).content().startsWith("v 3 1 2 3 1004\n");
            assertThat(output).contains("The run as a picture: " + directory.resolve("files/run.html"));
            assertThat(directory.resolve("files/run.html"))
                    .content()
                    .contains("\"clock\":\"logical\"", "third is killed", "third/2 delivers");
            assertThat(output).doesNotContain("\u001b");
        }
        assertTheCheckCommandSaysTheSame();
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
    void killsOneAfterTheOtherAlsoTheFirstOfTheView() {
        try (RustnetProcess demo =
                RustnetProcess.start("demo", "demo", "--dir", files(), "--processes", "3", "--kill", "second,first")) {
            demo.endInput();

            assertThat(demo.awaitExit())
                    .as(() -> String.join("\n", demo.output()))
                    .isZero();

            assertThat(String.join("\n", demo.output()))
                    .contains("view 2: first, third - second excluded")
                    .contains("view 3: first, second, third - second/2 joined")
                    .contains("view 4: second, third - first excluded")
                    .contains("view 5: first, second, third - first/2 joined")
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
    void refusesToKillWhoIsNotThere() {
        try (RustnetProcess demo =
                RustnetProcess.start("demo", Distribution.path(), Map.of(), "demo", "--kill", "nobody")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.error()).anyMatch(line -> line.contains("no process is called nobody"));
        }
    }

    private void assertTheCheckCommandSaysTheSame() {
        Path files = directory.resolve("files");
        String[] logs = {"first.events", "second.events", "third.events", "fourth.events", "third.events.1"};
        for (int i = 0; i < logs.length; i++) {
            logs[i] = files.resolve(logs[i]).toString();
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
                logs[3],
                logs[4])) {
            assertThat(good.awaitExit()).isZero();
            assertThat(files.resolve("again.html")).content().contains("rustnet check --guarantee");
            assertThat(String.join("\n", good.output()))
                    .containsPattern("holds +URB4 uniform agreement")
                    .containsPattern("holds +VS ");
        }
        // Taken for correct, the killed one has not gone on as the others did.
        try (RustnetProcess bad = RustnetProcess.start("check", "check", logs[0], logs[1], logs[2], logs[3], logs[4])) {
            assertThat(bad.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", bad.output()))
                    .contains("third, which is correct, was still in view 1 at the end")
                    .contains("name it with --crashed");
        }
    }

    private String files() {
        return directory.resolve("files").toString();
    }
}
