package dev.rustnet.plugins.lamportclock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rustnet.broadcast.BroadcastHeader.Scope;
import dev.rustnet.broadcast.HeaderNumbers;
import dev.rustnet.clock.LamportTimestamp;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LamportClockProperties {
    private static final int PROCESSES = 3;

    /** An event and all that happened before it. */
    private record Event(LamportTimestamp time, BitSet past) {}

    /** Each step: a process ticks, or sends to one, which receives at once what is oldest on its way. */
    @Property
    void whatHappenedBeforeHasTheSmallerTime(@ForAll @Size(max = 60) List<@IntRange(max = 8) Integer> steps) {
        List<PiggybackedLamportClock> clocks = new ArrayList<>();
        List<BitSet> pasts = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            clocks.add(new PiggybackedLamportClock(new ProcessId("p" + process, 1)));
            pasts.add(new BitSet());
        }
        List<Event> events = new ArrayList<>();
        for (int step : steps) {
            int from = step % PROCESSES;
            int to = step / PROCESSES;
            if (from == to) {
                happened(events, clocks.get(from).tick(), pasts.get(from));
                continue;
            }
            Scope scope = new Scope("orders", 1, clocks.get(from).now().process());
            ByteBuffer header = ByteBuffer.allocate(clocks.get(from).maxLength());
            clocks.get(from).write(scope, header);
            happened(events, clocks.get(from).now(), pasts.get(from));
            LamportTimestamp shown = clocks.get(to).read(scope, header.flip());
            assertThat(shown).isEqualTo(clocks.get(from).now());
            pasts.get(to).or(pasts.get(from));
            happened(events, clocks.get(to).now(), pasts.get(to));
        }
        for (Event event : events) {
            event.past.stream()
                    .forEach(earlier -> assertThat(events.get(earlier).time).isLessThan(event.time));
        }
    }

    private static void happened(List<Event> events, LamportTimestamp time, BitSet past) {
        events.add(new Event(time, (BitSet) past.clone()));
        past.set(events.size() - 1);
    }

    @Example
    void equalTimesAreOrderedByProcess() {
        LamportTimestamp first = new LamportTimestamp(3, new ProcessId("a", 1));
        LamportTimestamp second = new LamportTimestamp(3, new ProcessId("b", 1));

        assertThat(first).isLessThan(second).isGreaterThan(new LamportTimestamp(2, second.process()));
    }

    @Example
    void aTimeThatNoClockCanHaveReachedIsRefusedAndMovesNothing() {
        PiggybackedLamportClock clock = new PiggybackedLamportClock(new ProcessId("a", 1));
        ByteBuffer header = ByteBuffer.allocate(9);
        HeaderNumbers.write(header, Long.MAX_VALUE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.read(new Scope("orders", 1, new ProcessId("b", 1)), header.flip()))
                .withMessageContaining("Lamport time");
        assertThat(clock.now().time()).isZero();
    }
}
