package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.EventLogs.ProcessLog;
import dev.rustnet.testkit.check.PropertySet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** The logs of all incarnations are judged as one run. */
    @Test
    void theLogsOfARunWithARestartSayWhichIncarnationDidWhat() throws Exception {
        Map<String, Path> logs = new TreeMap<>();
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third")) {
            RustnetProcess first = logging(group, "first");
            RustnetProcess second = logging(group, "second");
            RustnetProcess third = logging(group, "third");
            second.awaitError("broadcast [1-9]\\d* of 300");
            third.awaitError("broadcast [1-9]\\d* of 300");
            third.kill();
            RustnetProcess again = logging(group, "third");
            List<RustnetProcess> present = List.of(first, second, again);

            for (RustnetProcess process : present) {
                process.awaitError("done: broadcast 300, ");
                process.type("the end");
            }
            for (RustnetProcess process : present) {
                for (String name : List.of("first", "second", "third")) {
                    process.awaitOutput("^" + name + "#\\d+: the end$");
                }
            }
            present.forEach(RustnetProcess::terminate);
            present.forEach(process -> assertThat(process.awaitExit()).isZero());
        }
        logs.put("first", log("first"));
        logs.put("second", log("second"));
        logs.put("third", log("third"));
        logs.put("third/2", directory.resolve("third.events.1"));

        assertThat(Files.readAllLines(directory.resolve("third.events.1.ids"))).startsWith("writer 1003");
        assertThat(Files.readAllLines(log("first")))
                .contains("v 1 1 2 3", "v 2 1 2 1003", "d 3 1", "d 1003 300")
                .doesNotContain("e", "d 1003 301");
        List<ProcessLog> processes = EventLogs.processLogs(logs, Set.of("third"));
        for (PropertySet properties :
                List.of(PropertySet.UNIFORM_RELIABLE_BROADCAST, PropertySet.named("view-synchrony"))) {
            var verdict = EventLogs.check(processes, properties, Optional.empty());
            assertThat(verdict.holds()).as(verdict::toString).isTrue();
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".events");
    }

    private RustnetProcess logging(LoopbackGroup group, String name) {
        String workload = ", workload { enabled = true, start-when = 2, messages = 300, rate = 100,"
                + " progress-interval = 200ms, log = \"" + log(name) + "\" }";
        return group.run(name, LoopbackGroup.QUICK + workload, VIEWS);
    }
}
