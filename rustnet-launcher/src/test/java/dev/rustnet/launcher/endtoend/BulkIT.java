package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.PropertySet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred megabytes over the links whose heartbeats the detector waits for: nobody is suspected. */
class BulkIT {
    private static final int MESSAGES = 400;
    private static final int PAYLOAD = 256 * 1024;
    private static final List<String> NAMES = List.of("first", "second");

    @TempDir
    private Path directory;

    @Test
    void bulkOnTheLinksOfTheDetectorSuspectsNobody() throws Exception {
        Map<String, Path> logs = new LinkedHashMap<>();
        try (LoopbackGroup group = new LoopbackGroup(directory, NAMES.toArray(String[]::new))) {
            Map<String, RustnetProcess> processes = new LinkedHashMap<>();
            for (String name : NAMES) {
                Path log = directory.resolve(name + ".events");
                logs.put(name, log);
                processes.put(name, group.run(name, LoopbackGroup.QUICK + """
                        , workload { enabled = true, over = best-effort-broadcast, start-when = 1, messages = %d,
                          payload-bytes = %d, rate = 0, log = "%s" }
                        """.formatted(MESSAGES, PAYLOAD, log)));
            }
            for (RustnetProcess process : processes.values()) {
                process.awaitError("done: broadcast " + MESSAGES + ", delivered " + 2 * MESSAGES + " ");
            }
            processes.values().forEach(RustnetProcess::terminate);
            processes.values().forEach(process -> assertThat(process.awaitExit())
                    .isZero());
        }

        for (Path log : logs.values()) {
            assertThat(Files.readAllLines(log)).noneMatch(line -> line.startsWith("x "));
        }
        var verdict = EventLogs.check(logs, Set.of(), PropertySet.BEST_EFFORT_BROADCAST);
        assertThat(verdict.holds()).as(verdict::toString).isTrue();
    }
}
