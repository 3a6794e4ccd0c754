package dev.rustnet.plugins.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final EventLog log = new EventLog(
            new Group(List.of(
                    new Group.Member("first", "first:1"),
                    new Group.Member("second", "second:1"),
                    new Group.Member("third", "third:1"))),
            new ProcessId("second", 200),
            line -> lines.add(line.toString()),
            line -> ids.add(line.toString()));

    @Test
    void writesWhatThePropertyCheckersRead() {
        log.view(new View(1, List.of(ProcessId.named("first"), ProcessId.named("second"), ProcessId.named("third"))));
        log.broadcast(1);
        log.delivered(new ProcessId("third", 3), 17);
        log.detected(new ProcessId("second", 2));
        log.restored(new ProcessId("second", 2));

        assertThat(lines).containsExactly("v 1 1 2 3", "b 1", "d 3 17", "x 2", "r 2");
        assertThat(lines)
                .extracting(EventLogFormat::parse)
                .containsExactly(
                        new Event.InstallView(1, List.of(1, 2, 3)),
                        new Event.Broadcast(1),
                        new Event.Deliver(3, 17),
                        new Event.Suspect(2),
                        new Event.Restore(2));
    }

    @Test
    void numbersAreRanksInTheGroupWhateverTheView() {
        log.view(new View(2, List.of(new ProcessId("first", 100), new ProcessId("third", 300))));
        log.delivered(new ProcessId("third", 300), 1);

        assertThat(lines).containsExactly("v 2 1 3", "d 3 1");
    }

    @Test
    void mapsNumbersToProcesses() {
        log.view(new View(1, List.of(ProcessId.named("first"), ProcessId.named("second"), ProcessId.named("third"))));
        log.learnt(new ProcessId("first", 100));

        assertThat(ids).containsExactly("writer 2", "2 second 200", "1 first 100");
    }

    @Test
    void anotherIncarnationOfANameIsAThousandMoreFromTheViewOnThatHoldsIt() {
        View first = new View(1, List.of(new ProcessId("first", 100), new ProcessId("third", 300)));
        View without = first.next(List.of(new ProcessId("first", 100)));
        View again = without.next(List.of(new ProcessId("first", 100), new ProcessId("third", 301)));
        log.view(first);
        log.detected(new ProcessId("third", 300));
        log.view(without);
        log.restored(new ProcessId("third", 300));
        log.view(again);
        log.delivered(new ProcessId("third", 301), 1);
        log.detected(new ProcessId("third", 300));
        log.detected(new ProcessId("third", 302));

        assertThat(lines).containsExactly("v 1 1 3", "x 3", "v 2 1", "r 3", "v 3 1 1003", "d 1003 1", "x 3", "x 2003");
    }

    @Test
    void theWriterIsNamedWithTheFirstViewThatHoldsIt() {
        View first = new View(1, List.of(new ProcessId("first", 100), new ProcessId("second", 199)));
        log.detected(new ProcessId("first", 100));
        assertThat(ids).isEmpty();

        log.view(first.next(List.of(new ProcessId("first", 100), new ProcessId("second", 200))));

        assertThat(ids).containsExactly("writer 1002", "1002 second 200");
    }

    @Test
    void theEndIsTheLastLine() {
        log.ended();
        log.detected(new ProcessId("third", 300));

        assertThat(lines).containsExactly("e");
        assertThat(EventLogFormat.parse("e")).isEqualTo(new Event.End());
    }
}
