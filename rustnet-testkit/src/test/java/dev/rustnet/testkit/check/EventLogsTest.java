package dev.rustnet.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.testkit.events.EventLogException;
import dev.rustnet.testkit.events.ProcessIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogsTest {
    @TempDir
    private Path directory;

    @Test
    void judgesARunWhoseLogsWaitForEachOther() throws IOException {
        Map<String, Path> logs = Map.of(
                "first",
                log("first", "d 2 1\nb 1\nd 1 1\n"),
                "second",
                log("second", "b 1\nd 2 1\nd 1 1\nb 2\nd 2 2\n"));

        RunVerdict verdict = EventLogs.check(logs, Set.of(), PropertySet.UNIFORM_CAUSAL_BROADCAST);

        assertThat(verdict.toString()).isEqualTo("""
                        uniform-causal-broadcast (3 broadcasts, 5 deliveries)
                          URB1 validity: holds
                          URB2 no duplication: holds
                          URB3 no creation: holds
                          URB4 uniform agreement: violated: second, which is correct, delivered second#2, and first, which is correct, never did
                          FRB5 FIFO delivery: holds
                          CRB5 causal delivery: holds""");
    }

    @Test
    void findsWhatWasNeverBroadcast() throws IOException {
        Map<String, Path> logs =
                Map.of("first", log("first", "b 1\nd 2 7\nd 1 1\n"), "second", log("second", "d 1 1\n"));

        RunVerdict verdict = EventLogs.check(logs, Set.of(), PropertySet.RELIABLE_BROADCAST);

        assertThat(verdict.of(Property.RB3).words())
                .isEqualTo("first delivered second#7, which second had not broadcast");
        assertThat(verdict.deliveries()).isEqualTo(3);
    }

    @Test
    void toleratesATornLastLineOfAKilledProcessAlone() throws IOException {
        Map<String, Path> logs = Map.of(
                "first", log("first", "b 1\nd 1 1\n"),
                "second", log("second", "d 1 1\n"),
                "third", log("third", "d 1 1\nd 1"));

        assertThat(EventLogs.check(logs, Set.of("third"), PropertySet.RELIABLE_BROADCAST)
                        .holds())
                .isTrue();
        assertThatThrownBy(() -> EventLogs.check(logs, Set.of(), PropertySet.RELIABLE_BROADCAST))
                .isInstanceOf(EventLogException.class)
                .hasMessage(directory.resolve("third")
                        + ":2: the last line has no end, although this process was not killed");
    }

    @Test
    void oneWhoseLogEndsWithAnEndCountsAsCrashed() throws IOException {
        Map<String, Path> logs = Map.of(
                "first", log("first", "b 1\nd 1 1\n"),
                "second", log("second", "d 1 1\n"),
                "third", log("third", "e\n"));

        RunVerdict verdict = EventLogs.check(logs, Set.of(), PropertySet.UNIFORM_RELIABLE_BROADCAST);

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    }

    @Test
    void namesFileAndLineOfWhatCannotBeRead() throws IOException {
        Path broken = log("first", "b 1\nd one 1\n");

        assertThatThrownBy(() -> EventLogs.check(Map.of("first", broken), Set.of(), PropertySet.RELIABLE_BROADCAST))
                .hasMessage(broken + ":2: \"d one 1\": SENDER must be a whole number from 1, after one space");
    }

    @Test
    void refusesBroadcastsWithAGapInTheirNumbersAndLinesAfterTheEnd() throws IOException {
        Path gap = log("gap", "b 1\nb 3\n");
        Path after = log("after", "e\nd 1 1\n");

        assertThatThrownBy(() -> EventLogs.check(Map.of("gap", gap), Set.of(), PropertySet.RELIABLE_BROADCAST))
                .hasMessage(gap + ":2: the broadcasts must be numbered without a gap: b 2 belongs here, not b 3");
        assertThatThrownBy(() -> EventLogs.check(Map.of("after", after), Set.of(), PropertySet.RELIABLE_BROADCAST))
                .hasMessage(after + ":2: nothing may follow after the line e");
    }

    @Test
    void theIdsFileSaysWhoseLogItIs() throws IOException {
        Path zeta = log("zeta", "b 1\nd 1 1\n");
        Path alpha = log("alpha", "d 1 1\n");
        ids(zeta, new ProcessIds(1, new TreeMap<>(Map.of(1, new ProcessIds.Named("zeta", 77)))));
        ids(alpha, new ProcessIds(2, new TreeMap<>(Map.of(2, new ProcessIds.Named("alpha", 0)))));

        RunVerdict verdict =
                EventLogs.check(Map.of("zeta", zeta, "alpha", alpha), Set.of(), PropertySet.RELIABLE_BROADCAST);

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        assertThat(ProcessIds.read(zeta, false))
                .hasValueSatisfying(
                        ids -> assertThat(ids.processes().get(1)).isEqualTo(new ProcessIds.Named("zeta", 77)));
    }

    @Test
    void judgesARunInWhichAProcessWasExcludedAndCameBack() throws IOException {
        Path first = log("first", "v 1 1 2 3\nb 1\nd 1 1\nv 2 1 2\nd 2 1\nv 3 1 2 1003\nb 2\nd 1 2\n");
        Path second = log("second", "v 1 1 2 3\nd 1 1\nv 2 1 2\nb 1\nd 2 1\nv 3 1 2 1003\nd 1 2\n");
        Path third = log("third", "v 1 1 2 3\ne\n");
        Path again = log("third.1", "v 3 1 2 1003\nd 1 2\n");
        ids(again, new ProcessIds(1003, new TreeMap<>(Map.of(1003, new ProcessIds.Named("third", 5)))));
        Map<String, Path> logs = Map.of("first", first, "second", second, "third", third, "third/2", again);

        RunVerdict verdict = EventLogs.check(logs, Set.of(), PropertySet.UNIFORM_RELIABLE_BROADCAST);

        assertThat(ProcessIds.read(again, false).flatMap(ProcessIds::writerName))
                .hasValue("third/2");
        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        assertThat(verdict.of(Property.VS).outcome()).isEqualTo(Verdict.Outcome.HOLDS);

        log("second", "v 1 1 2 3\nv 2 1 2\nd 1 1\nb 1\nd 2 1\nv 3 1 2 1003\nd 1 2\n");
        assertThat(EventLogs.check(logs, Set.of(), PropertySet.UNIFORM_RELIABLE_BROADCAST)
                        .of(Property.VS)
                        .outcome())
                .isEqualTo(Verdict.Outcome.VIOLATED);
    }

    @Test
    void refusesTwoLogsOfOneProcess() throws IOException {
        Path one = log("one", "b 1\n");
        Path two = log("two", "b 1\n");
        ids(one, new ProcessIds(1, new TreeMap<>()));
        ids(two, new ProcessIds(1, new TreeMap<>()));

        assertThatThrownBy(
                        () -> EventLogs.check(Map.of("one", one, "two", two), Set.of(), PropertySet.RELIABLE_BROADCAST))
                .hasMessageContaining("is the log of process 1, and so is");
    }

    private Path log(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static void ids(Path log, ProcessIds ids) throws IOException {
        Files.writeString(ProcessIds.fileOf(log), ids.text());
    }
}
