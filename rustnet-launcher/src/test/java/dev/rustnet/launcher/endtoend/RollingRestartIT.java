package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes leave and come back under load, one after the other, while the others go on. */
class RollingRestartIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final int ROUNDS = ENDURANCE ? 20 : 2;
    private static final String VIEWS = "--set=rustnet.services.group-membership=group-membership";
    private static final List<String> NAMES = List.of("first", "fourth", "second", "third");
    private static final String ALL = "first, fourth, second, third";
    private static final int MESSAGES = 2_000;
    private static final String STEADILY = "messages = " + MESSAGES + ", rate = 500";
    private static final String FLAT_OUT = "messages = 1000000000, rate = 0";

    @TempDir
    private Path directory;

    private LoggedRun run;
    private final Map<String, RustnetProcess> present = new TreeMap<>();

    /** Killed in one round, told to stop in the next. */
    @Test
    void allAreRestartedOneAfterTheOtherUnderLoadAndNothingIsLost() {
        run = new LoggedRun(directory);
        try (LoopbackGroup group = new LoopbackGroup(directory, NAMES.toArray(String[]::new))) {
            NAMES.forEach(name -> start(group, name, STEADILY));
            for (RustnetProcess process : present.values()) {
                process.awaitError("view 1: " + ALL);
                process.awaitError("broadcast [1-9]\\d* of");
            }

            for (int round = 0; round < ROUNDS; round++) {
                for (String name : NAMES) {
                    RustnetProcess process = present.get(name);
                    if (round % 2 == 0) {
                        process.kill();
                        process.awaitExit();
                    } else {
                        process.terminate();
                        assertThat(process.awaitExit()).isZero();
                    }
                    run.ends(name);
                    start(group, name, STEADILY).awaitError("view \\d+: .*\\b" + name + "\\b");
                }
            }

            awaitTheEnd();
            run.assertHolds();
            terminate();
        }
    }

    @Test
    void aMemberThatLeavesUnderFullLoadHasLeftForAllAndNothingIsLost() {
        run = new LoggedRun(directory);
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third")) {
            start(group, "first", "messages = 60000, rate = 0");
            start(group, "third", "messages = 60000, rate = 0");
            RustnetProcess leaving = start(group, "second", FLAT_OUT);
            leaving.awaitError("broadcast [1-9]\\d* of");
            present.get("first").awaitError("broadcast [1-9]\\d* of");

            leaving.terminate();

            assertThat(leaving.awaitExit()).isZero();
            run.ends("second");
            present.remove("second");
            for (RustnetProcess process : present.values()) {
                process.awaitError("view 2: first, third$");
                assertThat(process.error()).anyMatch(line -> line.contains("second left"));
                process.awaitError("done: broadcast 60000, ");
            }
            typeTheEnd();
            run.assertHolds();
            terminate();
        }
    }

    private RustnetProcess start(LoopbackGroup group, String name, String load) {
        String workload = ", workload { enabled = true, start-when = 2, " + load
                + ", payload-bytes = 1KiB, progress-interval = 200ms, log = \"" + run.starts(name) + "\" }";
        RustnetProcess process = group.run(name, LoopbackGroup.QUICK + workload, VIEWS);
        present.put(name, process);
        return process;
    }

    /** All have come to rest in one view, and everybody hears everybody. */
    private void awaitTheEnd() {
        for (RustnetProcess process : present.values()) {
            process.awaitError("done: broadcast " + MESSAGES + ", ");
        }
        typeTheEnd();
        for (RustnetProcess process : present.values()) {
            String last = process.error().stream()
                    .filter(line -> line.matches(".*view \\d+: .*"))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(last).endsWith(": " + ALL);
        }
    }

    private void typeTheEnd() {
        present.values().forEach(process -> process.type("the end"));
        for (RustnetProcess process : present.values()) {
            present.keySet().forEach(name -> process.awaitOutput("^" + name + "#\\d+: the end$"));
        }
    }

    private void terminate() {
        present.values().forEach(RustnetProcess::terminate);
        present.values().forEach(process -> assertThat(process.awaitExit()).isZero());
    }
}
